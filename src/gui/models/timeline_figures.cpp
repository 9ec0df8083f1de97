// SPDX-License-Identifier: MIT
#include "gui/models/timeline_figures.h"

#include "gui/units.h"

#include <QCoreApplication>
#include <QLocale>

namespace lavascope {

namespace {

// More would be a list of its own; the picture shows them all.
constexpr size_t mostStalls = 20;

/// The names and words of the figures, for translators.
struct Figures {
    Q_DECLARE_TR_FUNCTIONS(Figures)

public:
    void add(const QString& name, const QString& value) {
        if (!value.isEmpty())
            list.push_back({name, value});
    }
    void addTime(const QString& name, const std::optional<std::chrono::microseconds>& time) {
        if (time)
            add(name, milliseconds(*time));
    }
    void addCount(const QString& name, qint64 count) {
        if (count > 0)
            add(name, QLocale::c().toString(count));
    }
    void addStalls(const std::vector<Stall>& stalls);

    std::vector<TimelineFigure> list;
};

void Figures::addStalls(const std::vector<Stall>& stalls) {
    if (stalls.empty())
        return;
    std::chrono::microseconds together{0};
    for (const Stall& stall : stalls)
        together += stall.gap;
    add(tr("Stalls of %1 s or more").arg(std::chrono::duration<double>(stallThreshold).count()),
        tr("%1, together %2").arg(stalls.size()).arg(milliseconds(together)));
    for (size_t i = 0; i < std::min(stalls.size(), mostStalls); ++i) {
        const Stall& stall = stalls[i];
        const QString at = tr("%1 at %2").arg(milliseconds(stall.gap), milliseconds(stall.at));
        add(tr("Stall %1").arg(i + 1), stall.event ? tr("%1, before event %2").arg(at).arg(*stall.event + 1)
                                                   : tr("%1, no event after it").arg(at));
    }
}

} // namespace

QString channelTitle(EventChannel channel) {
    switch (channel) {
    case EventChannel::Text:
        return Figures::tr("Text");
    case EventChannel::Refusal:
        return Figures::tr("Refusal");
    case EventChannel::Tool:
        return Figures::tr("Tools");
    case EventChannel::Reasoning:
        return Figures::tr("Reasoning");
    case EventChannel::Media:
        return Figures::tr("Media");
    case EventChannel::Comment:
        return Figures::tr("Comments");
    case EventChannel::Other:
        break;
    }
    return Figures::tr("Other");
}

QString speedText(const Speed& speed) {
    const QString number = QString::number(speed.tokensPerSecond, 'f', 0);
    return speed.estimated ? Figures::tr("≈ %1 tok/s (estimate)").arg(number)
                           : Figures::tr("%1 tok/s").arg(number);
}

std::vector<TimelineFigure> timelineFigures(const StreamReader& reader, const ArrivalIndex& events) {
    const Timeline& timeline = reader.timeline();
    Figures figures;
    figures.addTime(Figures::tr("Headers"), timeline.headers);
    figures.addTime(Figures::tr("First byte"), timeline.firstByte);
    figures.addTime(Figures::tr("First event"), timeline.firstEvent);
    figures.addTime(Figures::tr("First text"), timeline.firstText);
    figures.addTime(Figures::tr("End"), timeline.end);
    if (timeline.longestGap.count() > 0)
        figures.addTime(Figures::tr("Longest gap"), timeline.longestGap);
    if (const std::optional<Speed> speed = reader.speed())
        figures.add(Figures::tr("Speed"), speedText(*speed));
    if (const auto tokens = reader.transcript().usage.outputTokens)
        figures.addCount(Figures::tr("Output tokens"), *tokens);
    figures.addCount(Figures::tr("Events"), events.count());
    for (int channel = 0; channel < eventChannelCount; ++channel)
        figures.addCount(Figures::tr("  of them: %1").arg(channelTitle(EventChannel(channel))),
                         events.totals()[size_t(channel)]);
    figures.addCount(Figures::tr("Arrivals of bytes"), reader.arrivals().arrivals());
    if (timeline.bytes > 0)
        figures.add(Figures::tr("Size"), byteSize(timeline.bytes));
    figures.addStalls(reader.arrivals().stalls(stallThreshold, reader.eventCount()));
    return figures.list;
}

} // namespace lavascope
