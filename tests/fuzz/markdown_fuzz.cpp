// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/markdown/block_parser.h"
#include "core/markdown/line_start.h"
#include "core/markdown/link_address.h"

#include <algorithm>

using namespace lavascope::markdown;

namespace {

struct Reading {
    std::vector<Block> blocks;
    std::vector<Block> beforeTheEnd; ///< the same, from what was finished and what was not
};

Reading read(const QString& text, qsizetype pieceSize) {
    BlockParser parser(referencesIn(text));
    Reading reading;
    const auto keep = [](std::vector<Block>& to, std::vector<Block> blocks) {
        to.insert(to.end(), std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end()));
    };
    for (qsizetype at = 0; at < text.size(); at += pieceSize) {
        parser.take(QStringView(text).sliced(at, std::min(pieceSize, text.size() - at)));
        keep(reading.blocks, parser.takeFinished());
    }
    reading.beforeTheEnd = reading.blocks;
    keep(reading.beforeTheEnd, parser.unfinished());
    parser.finish();
    keep(reading.blocks, parser.takeFinished());
    return reading;
}

void checkSpans(const Spans& spans, qsizetype& written) {
    for (const Span& span : spans) {
        FUZZ_CHECK(span.isPicture || !span.text.isEmpty());
        written += span.text.size();
        const LinkAddress link = inspectLink(span.address);
        FUZZ_CHECK(!link.canBeOpened() || link.url.startsWith(QStringLiteral("http")));
        FUZZ_CHECK(link.canBeOpened() == !link.host.isEmpty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    const qsizetype pieceSize = 1 + data[0] % 16;
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data) + 1, qsizetype(size) - 1);

    const Reading whole = read(text, std::max<qsizetype>(1, text.size()));
    const Reading pieces = read(text, pieceSize);
    FUZZ_CHECK(pieces.blocks == whole.blocks);
    FUZZ_CHECK(whole.beforeTheEnd == whole.blocks);
    FUZZ_CHECK(pieces.beforeTheEnd == whole.blocks);

    qsizetype written = 0;
    for (const Block& block : whole.blocks) {
        FUZZ_CHECK(block.lists >= 0 && block.quotes >= 0 && block.lists + block.quotes <= 16);
        FUZZ_CHECK((block.kind == Block::Kind::Heading) == (block.level >= 1 && block.level <= 6));
        checkSpans(block.spans, written);
        FUZZ_CHECK((block.kind == Block::Kind::Table) == !block.columns.empty());
        for (const std::vector<Spans>& row : block.rows) {
            FUZZ_CHECK(row.size() == block.columns.size());
            for (const Spans& cell : row)
                checkSpans(cell, written);
        }
    }
    // No text may grow on its way: what is written is what was there, but the address of a link around a
    // picture and the line between cells that are too many.
    FUZZ_CHECK(written <= 4 * text.size() + 4);
    return 0;
}
