// SPDX-License-Identifier: MIT
#include "sandbox/builtin_upstream.h"

#include "sandbox/request_id.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <cmath>
#include <utility>

namespace lavascope {

std::unique_ptr<UpstreamCall> BuiltinUpstream::start(const HttpRequest& request) {
    const Question question = questionOf(request.method, request.url, request.headers, request.body);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const AnswerSeed seed{newUlid(now), now, QRandomGenerator::global()->generate()};
    return std::make_unique<BuiltinCall>(builtinAnswer(question, seed), m_pace);
}

BuiltinCall::BuiltinCall(BuiltinAnswer answer, double pace)
    : m_answer(std::move(answer))
    , m_pace(pace) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &BuiltinCall::play);
    schedule();
}

void BuiltinCall::setHeld(bool held) {
    m_held = held;
    if (!held && !m_timer.isActive() && m_next <= m_answer.parts.size()) {
        schedule();
    }
}

void BuiltinCall::schedule() {
    if (m_held) {
        return;
    }
    const bool more = m_next < m_answer.parts.size();
    const double pause = more ? static_cast<double>(m_answer.parts[m_next].pause.count()) * m_pace : 0;
    m_timer.start(static_cast<int>(std::lround(pause)));
}

void BuiltinCall::play() {
    if (m_next == 0) {
        Q_EMIT answered(m_answer.status, m_answer.headers);
    }
    if (m_next >= m_answer.parts.size()) {
        ++m_next;
        Q_EMIT finished(true, {});
        return;
    }
    const QByteArray piece = m_answer.parts[m_next].bytes;
    ++m_next;
    schedule();
    Q_EMIT bytes(piece);
}

} // namespace lavascope
