// SPDX-License-Identifier: MIT
#pragma once

#include "net/exchange.h"

#include <QSignalSpy>

#include <memory>
#include <optional>

namespace lavascope {

/// Listens to one exchange, keeps what it says, and notes where it breaks the order of its signals.
class CallWatch : public QObject {
public:
    explicit CallWatch(std::unique_ptr<Exchange> watched)
        : m_exchange(std::move(watched))
        , m_endedSpy(m_exchange.get(), &Exchange::ended) {
        connect(m_exchange.get(), &Exchange::queued, this, [this](int place) { places += place; });
        connect(m_exchange.get(), &Exchange::headers, this,
                [this](int s, const QByteArray& r, const Headers& h, std::chrono::microseconds at) {
                    note(headersCame == 0 && chunks.isEmpty() && !ending, "headers out of order");
                    ++headersCame;
                    status = s;
                    reason = r;
                    headers = h;
                    headersAt = at;
                });
        connect(m_exchange.get(), &Exchange::chunk, this, [this](const Chunk& chunk) {
            note(headersCame == 1 && !ending, "chunk out of order");
            note(!chunk.bytes.isEmpty(), "empty chunk");
            note(chunk.bytes.size() <= 256 * 1024, "chunk larger than 256 KiB");
            note(chunk.at >= (chunks.isEmpty() ? headersAt : chunks.last().at), "time ran backwards");
            chunks += chunk;
        });
        connect(m_exchange.get(), &Exchange::ended, this, [this](const Ending& e) {
            note(!ending, "ended twice");
            note(e.at >= (chunks.isEmpty() ? headersAt : chunks.last().at), "ended before its last chunk");
            ending = e;
        });
    }

    /// Waits for the end without reading it off the clock.
    bool waitForEnd(int milliseconds = 20'000) { return ending || m_endedSpy.wait(milliseconds); }
    [[nodiscard]] Exchange& exchange() { return *m_exchange; }
    void drop() { m_exchange.reset(); }

    [[nodiscard]] QByteArray body() const {
        QByteArray all;
        for (const Chunk& chunk : chunks)
            all += chunk.bytes;
        return all;
    }

    int status = 0;
    QByteArray reason;
    Headers headers;
    std::chrono::microseconds headersAt{0};
    int headersCame = 0;
    QList<Chunk> chunks;
    std::optional<Ending> ending;
    QList<int> places;
    QStringList orderFaults;

private:
    void note(bool isRight, const char* fault) {
        if (!isRight)
            orderFaults += QString::fromLatin1(fault);
    }

    std::unique_ptr<Exchange> m_exchange;
    QSignalSpy m_endedSpy;
};

} // namespace lavascope
