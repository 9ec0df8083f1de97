// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/builtin/builtin_answer.h"
#include "sandbox/upstream.h"

#include <QTimer>

namespace lavascope {

/// The provider inside the sandbox. It opens no connection.
class BuiltinUpstream final : public Upstream {
public:
    /// `pace` multiplies the pauses; 0 answers at once.
    explicit BuiltinUpstream(double pace)
        : m_pace(pace) {}

    /// The request's URL must be one of a kind that questionKindOf() knows.
    [[nodiscard]] std::unique_ptr<UpstreamCall> start(const HttpRequest& request) override;

private:
    double m_pace;
};

/// Plays an answer piece by piece; while held, it waits.
class BuiltinCall final : public UpstreamCall {
    Q_OBJECT

public:
    BuiltinCall(BuiltinAnswer answer, double pace);

    void setHeld(bool held) override;

private:
    void schedule();
    void play();

    BuiltinAnswer m_answer;
    double m_pace;
    std::size_t m_next = 0;
    bool m_held = false;
    QTimer m_timer;
};

} // namespace lavascope
