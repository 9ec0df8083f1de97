// SPDX-License-Identifier: MIT
#include "gui/models/attempt_schedule.h"

#include "gui/models/attempt_history.h"
#include "gui/models/attempt_table_model.h"

#include <algorithm>
#include <numeric>

namespace lavascope {

namespace {

ScheduleBlock::Tone toneOf(KeptAttempt::State state) {
    switch (state) {
    case KeptAttempt::State::Good:
        return ScheduleBlock::Tone::Good;
    case KeptAttempt::State::Failed:
        return ScheduleBlock::Tone::Bad;
    case KeptAttempt::State::Running:
    case KeptAttempt::State::Stopped:
        break;
    }
    return ScheduleBlock::Tone::Neutral;
}

// The sign says what the colour says.
QString labelOf(const KeptAttempt& kept) {
    switch (kept.state) {
    case KeptAttempt::State::Good:
        return QStringLiteral("%1 ✓").arg(kept.number);
    case KeptAttempt::State::Failed:
        return QStringLiteral("%1 ✕").arg(kept.number);
    case KeptAttempt::State::Stopped:
        return QStringLiteral("%1 ■").arg(kept.number);
    case KeptAttempt::State::Running:
        break;
    }
    return QStringLiteral("%1 …").arg(kept.number);
}

} // namespace

std::vector<ScheduleBlock> scheduleOf(const std::vector<KeptAttempt>& attempts,
                                      const std::vector<PlannedAttempt>& planned) {
    using Kind = ScheduleBlock::Kind;
    std::vector<ScheduleBlock> blocks;
    int row = 0;
    for (const KeptAttempt& kept : attempts) {
        if (row > 0)
            blocks.push_back({Kind::Pause, {}, row, kept.waited, pauseWords(kept)});
        blocks.push_back({Kind::Try, toneOf(kept.state), row,
                          kept.took.value_or(std::chrono::milliseconds(0)), labelOf(kept)});
        ++row;
    }
    for (const PlannedAttempt& next : planned) {
        blocks.push_back({Kind::PlannedPause, {}, row, next.pause, pauseWords(next)});
        blocks.push_back({Kind::PlannedTry, {}, row, {}, QString::number(next.number)});
        ++row;
    }
    return blocks;
}

std::vector<double> scheduleWidths(const std::vector<ScheduleBlock>& blocks, double width, double least) {
    if (blocks.empty())
        return {};
    const auto count = double(blocks.size());
    const double total =
        std::accumulate(blocks.begin(), blocks.end(), 0.0, [](double sum, const ScheduleBlock& block) {
            return sum + double(block.length.count());
        });
    const double rest = width - least * count;
    std::vector<double> widths(blocks.size(), std::max(width, 0.0) / count);
    if (rest <= 0 || total <= 0)
        return widths;
    std::transform(blocks.begin(), blocks.end(), widths.begin(), [&](const ScheduleBlock& block) {
        return least + rest * double(block.length.count()) / total;
    });
    return widths;
}

} // namespace lavascope
