// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/assembler.h"
#include "core/stream/json_balance.h"

#include <QHash>

#include <optional>
#include <set>
#include <vector>

namespace lavascope {

/// A piece of a tool call as it came. Look-alikes of the chat protocol leave out or repeat any of these.
struct ToolFragment {
    std::optional<qint64> index;
    QString id;
    QString name;
    QString arguments;
    bool isFreeText = false; ///< for a custom tool
};

/// Finds the call that each fragment belongs to, for one choice. It never guesses: a fragment that could
/// belong to several calls is left out, with a note.
class ToolCallTracker {
public:
    void take(const ToolFragment& fragment, Choice& choice, Assembler& out);

private:
    /// What is known about a call besides its text.
    struct State {
        QString givenId; ///< without the suffix that makes it unique here
        std::optional<qint64> index;
        JsonBalance balance;
        bool closed = false; ///< its arguments are a whole JSON value
    };

    enum class Match { Call, New, Ambiguous };
    struct Found {
        Match match = Match::New;
        size_t call = 0;
    };

    [[nodiscard]] Found find(const ToolFragment& fragment, const Choice& choice) const;
    [[nodiscard]] Found findById(const ToolFragment& fragment) const;
    [[nodiscard]] Found findByIndex(const ToolFragment& fragment, const Choice& choice) const;
    [[nodiscard]] Found findOpen(const ToolFragment& fragment, const Choice& choice) const;
    [[nodiscard]] size_t open(const ToolFragment& fragment, Choice& choice);
    void append(size_t call, const QString& arguments, Choice& choice);

    std::vector<State> m_states; ///< one for each of the choice's calls
    QHash<QString, size_t> m_byId;
    QHash<qint64, size_t> m_byIndex;
    QHash<QString, int> m_timesSeen; ///< calls with the same id
    std::set<size_t> m_open;
};

} // namespace lavascope
