// SPDX-License-Identifier: MIT
#include "core/stream/tool_call_tracker.h"

namespace lavascope {

namespace {

bool beginsValue(const QString& arguments) {
    return arguments.startsWith(QLatin1Char('{')) || arguments.startsWith(QLatin1Char('['));
}

bool contradicts(const QString& a, const QString& b) {
    return !a.isEmpty() && !b.isEmpty() && a != b;
}

} // namespace

void ToolCallTracker::take(const ToolFragment& fragment, Choice& choice, Assembler& out) {
    Found found = find(fragment, choice);
    if (found.match == Match::Ambiguous) {
        out.note(QStringLiteral("a tool call fragment fits several calls and was left out"));
        return;
    }
    // Servers that number every parallel call 0 can only be told by this.
    const bool startsOver = !fragment.name.isEmpty() && beginsValue(fragment.arguments);
    if (found.match == Match::Call && startsOver && m_states[found.call].closed)
        found.match = Match::New;

    const size_t call = found.match == Match::New ? open(fragment, choice) : found.call;
    ToolCall& target = choice.toolCalls[call];
    if (target.name.isEmpty())
        target.name = fragment.name;
    if (target.id.isEmpty() && !fragment.id.isEmpty()) {
        target.id = fragment.id;
        m_states[call].givenId = fragment.id;
        m_byId.insert(fragment.id, call);
    }
    append(call, fragment.arguments, choice);
}

ToolCallTracker::Found ToolCallTracker::find(const ToolFragment& fragment, const Choice& choice) const {
    if (m_byId.contains(fragment.id))
        return findById(fragment);
    if (fragment.index)
        return findByIndex(fragment, choice);
    if (!fragment.id.isEmpty())
        return {};
    return findOpen(fragment, choice);
}

/// Servers that give every call the same id tell them apart by their numbers.
ToolCallTracker::Found ToolCallTracker::findById(const ToolFragment& fragment) const {
    const size_t call = m_byId.value(fragment.id);
    const std::optional<qint64> index = m_states[call].index;
    if (!fragment.index || !index || *fragment.index == *index)
        return {Match::Call, call};
    const auto byIndex = m_byIndex.constFind(*fragment.index);
    if (byIndex != m_byIndex.constEnd() && m_states[*byIndex].givenId == fragment.id)
        return {Match::Call, *byIndex};
    return fragment.name.isEmpty() ? Found{Match::Call, call} : Found{};
}

ToolCallTracker::Found ToolCallTracker::findByIndex(const ToolFragment& fragment,
                                                    const Choice& choice) const {
    const auto byIndex = m_byIndex.constFind(*fragment.index);
    if (byIndex == m_byIndex.constEnd())
        return {};
    const size_t call = *byIndex;
    if (contradicts(choice.toolCalls[call].name, fragment.name))
        return {};
    // A new id that comes with a name is a new call; one that comes alone is a server that makes up an id
    // for every fragment.
    if (contradicts(m_states[call].givenId, fragment.id) && !fragment.name.isEmpty())
        return {};
    return {Match::Call, call};
}

ToolCallTracker::Found ToolCallTracker::findOpen(const ToolFragment& fragment, const Choice& choice) const {
    if (fragment.name.isEmpty()) {
        if (m_open.size() == 1)
            return {Match::Call, *m_open.begin()};
        return m_states.empty() ? Found{} : Found{Match::Ambiguous, 0};
    }
    const bool continues = m_open.size() == 1 && !beginsValue(fragment.arguments);
    if (continues) {
        const ToolCall& only = choice.toolCalls[*m_open.begin()];
        if (only.name == fragment.name && !only.arguments.isEmpty())
            return {Match::Call, *m_open.begin()};
    }
    return {};
}

size_t ToolCallTracker::open(const ToolFragment& fragment, Choice& choice) {
    const size_t call = choice.toolCalls.size();
    ToolCall made;
    made.id = fragment.id;
    made.isFreeText = fragment.isFreeText;
    if (!fragment.id.isEmpty()) {
        const int times = ++m_timesSeen[fragment.id];
        if (times > 1)
            made.id += QStringLiteral("#%1").arg(times);
        m_byId.insert(fragment.id, call);
    }
    if (fragment.index)
        m_byIndex.insert(*fragment.index, call);
    choice.toolCalls.push_back(made);
    m_states.push_back({fragment.id, fragment.index, {}, false});
    m_open.insert(call);
    return call;
}

void ToolCallTracker::append(size_t call, const QString& arguments, Choice& choice) {
    choice.toolCalls[call].arguments += arguments;
    State& state = m_states[call];
    for (QChar c : arguments)
        state.closed = state.balance.closesWith(c.unicode()) || (state.closed && !state.balance.isOpen());
    if (state.closed)
        m_open.erase(call);
}

} // namespace lavascope
