// SPDX-License-Identifier: MIT
#include "core/stream/buffering.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

using Seconds = std::chrono::duration<double>;

// Servers that write several tokens in one go pause for less than this between two writes.
constexpr std::chrono::microseconds longSilence = 400ms;
// They also write fewer at once than this.
constexpr qint64 fewestInBlock = 20;
constexpr qint64 fewestInAll = 32;
// A whole answer that comes late and fast may be a fast model's that had to wait for its turn.
constexpr std::chrono::microseconds longFirstSilence = 1500ms;
// A block passes in a small part of the time it was collected in.
constexpr int silenceToBlock = 10;
constexpr int firstSilenceToAnswer = 20;
// Faster than any model writes, so it was written before.
constexpr double fastestWriting = 2000;
// More than models write in the silence: it was no model that wrote it.
constexpr double mostCollected = 1000;
constexpr double shareInBlocks = 0.8;
constexpr size_t fewestBlocks = 3;
constexpr size_t fewestCompressedBlocks = 2;

double perSecond(qint64 events, std::chrono::microseconds time) {
    return double(events) / std::max(Seconds(time).count(), 1e-6);
}

/// The arrivals between silences that are long, where the tally also parts them at short ones.
std::vector<ArrivalBlock> longBlocks(const std::vector<ArrivalBlock>& blocks) {
    std::vector<ArrivalBlock> merged;
    for (const ArrivalBlock& block : blocks) {
        if (merged.empty() || block.silence >= longSilence) {
            merged.push_back(block);
            continue;
        }
        merged.back().end = block.end;
        merged.back().bytes += block.bytes;
        merged.back().events += block.events;
        merged.back().arrivals += block.arrivals;
    }
    return merged;
}

bool wasCollected(const ArrivalBlock& block) {
    const auto length = block.end - block.begin;
    return block.silence >= longSilence && block.events >= fewestInBlock &&
           length * silenceToBlock <= block.silence && perSecond(block.events, length) >= fastestWriting &&
           perSecond(block.events, block.silence) <= mostCollected;
}

bool isEncoded(const QByteArray& encoding) {
    return !encoding.isEmpty() && encoding.compare("identity", Qt::CaseInsensitive) != 0;
}

/// A header's value within a sentence.
QString quotedHeader(const QByteArray& value) {
    constexpr qsizetype longest = 40;
    return QString::fromLatin1(value.left(longest)).simplified();
}

QString inSeconds(std::chrono::microseconds time) {
    return QString::number(Seconds(time).count(), 'f', 1);
}

QString inMilliseconds(std::chrono::microseconds time) {
    return QString::number(std::chrono::round<std::chrono::milliseconds>(time).count());
}

QString spanOf(const ArrivalBlock& block) {
    return block.end - block.begin < 1ms
               ? QStringLiteral("at one moment")
               : QStringLiteral("within %1 ms").arg(inMilliseconds(block.end - block.begin));
}

QString rangeOf(std::chrono::microseconds shortest, std::chrono::microseconds longest) {
    const QString least = inSeconds(shortest);
    const QString most = inSeconds(longest);
    return least == most ? least : QStringLiteral("%1 to %2").arg(least, most);
}

/// The size of a usual buffer that the blocks fill, in KiB: all but the last, which holds what was left.
std::optional<int> bufferSize(const std::vector<ArrivalBlock>& blocks) {
    constexpr std::array<int, 5> usual = {4, 8, 16, 32, 64};
    constexpr int kibibyte = 1024;
    // The framing of the body, which is not seen here, lies in such a buffer too.
    constexpr int tolerance = 10;
    for (const int size : usual) {
        const qint64 whole = qint64(size) * kibibyte;
        const auto fills = [whole](const ArrivalBlock& block) {
            return std::abs(block.bytes - whole) * tolerance <= whole;
        };
        if (std::all_of(blocks.begin(), blocks.end() - 1, fills))
            return size;
    }
    return std::nullopt;
}

QString encodingSentence(const QByteArray& encoding) {
    return QStringLiteral(" It is compressed (Content-Encoding: %1), and a compressor passes on what it has "
                          "only when a block of it is full.")
        .arg(quotedHeader(encoding));
}

QString adviceFor(const BufferingFacts& facts) {
    if (isEncoded(facts.contentEncoding))
        return QStringLiteral("Turn compression off for event streams where the answer passes, or let the "
                              "compressor flush after each event (nginx: gzip off for this location).");
    const bool isNginx = facts.server.toLower().contains("nginx");
    return QStringLiteral("Let what stands between the model and you pass every event on at once: send "
                          "X-Accel-Buffering: no with the answer%1, and see that the server itself flushes "
                          "after each event.")
        .arg(isNginx ? QStringLiteral(" or set proxy_buffering off, as the Server header names nginx")
                     : QStringLiteral(" (nginx: proxy_buffering off)"));
}

std::optional<Buffering> compressedStream(qsizetype events, const ArrivalTally& arrivals,
                                          const BufferingFacts& facts) {
    if (!facts.promisesEvents || !isEncoded(facts.contentEncoding) || events > 0 || arrivals.arrivals() == 0)
        return std::nullopt;
    Buffering found;
    found.pattern = Buffering::Pattern::Compressed;
    found.sentence =
        QStringLiteral("The event stream is compressed (Content-Encoding: %1) although plain bytes "
                       "were asked for: its events cannot be seen, and a compressor holds them "
                       "back until a block is full.")
            .arg(quotedHeader(facts.contentEncoding));
    found.advice = adviceFor(facts);
    return found;
}

std::optional<Buffering> allAtOnce(const std::vector<ArrivalBlock>& blocks, const BufferingFacts& facts) {
    // Whatever else is to come may still come as it is written.
    if (blocks.size() != 1 || !facts.isOver || facts.thoughtUnseen)
        return std::nullopt;
    const ArrivalBlock& block = blocks.front();
    const auto length = block.end - block.begin;
    if (!wasCollected(block) || block.events < fewestInAll || block.silence < longFirstSilence ||
        length * firstSilenceToAnswer > block.silence)
        return std::nullopt;
    Buffering found;
    found.pattern = Buffering::Pattern::AllAtOnce;
    found.sentence =
        QStringLiteral("All %1 events came %2 after %3 s of silence: no model writes that fast, so "
                       "the answer was collected on the way, or by the server itself, and sent as a whole.")
            .arg(block.events)
            .arg(spanOf(block), inSeconds(block.silence));
    if (isEncoded(facts.contentEncoding))
        found.sentence += encodingSentence(facts.contentEncoding);
    found.advice = adviceFor(facts);
    return found;
}

std::optional<Buffering> inBlocks(const std::vector<ArrivalBlock>& blocks, const BufferingFacts& facts) {
    std::vector<ArrivalBlock> collected;
    qint64 all = 0;
    qint64 collectedEvents = 0;
    for (const ArrivalBlock& block : blocks) {
        all += block.events;
        if (!wasCollected(block))
            continue;
        collected.push_back(block);
        collectedEvents += block.events;
    }
    // The last one is as small as what was left, or has not come as a whole yet.
    const qint64 rest = !blocks.empty() && blocks.back().events < fewestInBlock ? blocks.back().events : 0;
    const bool encoded = isEncoded(facts.contentEncoding);
    if (collected.size() < (encoded ? fewestCompressedBlocks : fewestBlocks) ||
        double(collectedEvents) < shareInBlocks * double(all - rest))
        return std::nullopt;

    const auto bySilence = [](const ArrivalBlock& a, const ArrivalBlock& b) { return a.silence < b.silence; };
    const auto [shortest, longest] = std::minmax_element(collected.begin(), collected.end(), bySilence);
    const std::optional<int> size = bufferSize(collected);
    Buffering found;
    found.pattern = Buffering::Pattern::Blocks;
    found.sentence =
        QStringLiteral("%1 of %2 events came in %3 blocks%4, each at once after %5 s of silence: something "
                       "on the way collects events before it passes them on.")
            .arg(collectedEvents)
            .arg(all)
            .arg(collected.size())
            .arg(size ? QStringLiteral(" of about %1 KiB, the size of a usual buffer").arg(*size) : QString(),
                 rangeOf(shortest->silence, longest->silence));
    if (encoded)
        found.sentence += encodingSentence(facts.contentEncoding);
    found.advice = adviceFor(facts);
    return found;
}

} // namespace

const char* bufferingPatternName(Buffering::Pattern pattern) {
    switch (pattern) {
    case Buffering::Pattern::AllAtOnce:
        return "all_at_once";
    case Buffering::Pattern::Blocks:
        return "blocks";
    case Buffering::Pattern::Compressed:
        break;
    }
    return "compressed";
}

std::optional<Buffering> recogniseBuffering(const ArrivalTally& arrivals, qsizetype events,
                                            const BufferingFacts& facts) {
    if (auto found = compressedStream(events, arrivals, facts))
        return found;
    const std::vector<ArrivalBlock> blocks = longBlocks(arrivals.blocks());
    if (auto found = allAtOnce(blocks, facts))
        return found;
    return inBlocks(blocks, facts);
}

} // namespace lavascope
