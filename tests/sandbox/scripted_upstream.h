// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/upstream.h"

#include <QList>
#include <QTimer>

#include <functional>
#include <memory>

namespace lavascope {

/// The far end of a passthrough, played by the test: each started call waits until the test speaks for it.
class ScriptedUpstream : public Upstream {
public:
    class Call : public UpstreamCall {
    public:
        explicit Call(ScriptedUpstream& owner)
            : m_owner(owner) {}
        ~Call() override { m_owner.calls.removeOne(this); }

        void setHeld(bool isHeld) override {
            held = isHeld;
            ++heldChanges;
            if (!isHeld && onReleased)
                onReleased();
        }

        bool held = false;
        int heldChanges = 0;
        std::function<void()> onReleased;

    private:
        ScriptedUpstream& m_owner;
    };

    std::unique_ptr<UpstreamCall> start(const HttpRequest& request) override {
        requests.append(request);
        auto call = std::make_unique<Call>(*this);
        calls.append(call.get());
        if (onStart)
            QTimer::singleShot(0, call.get(), [this, call = call.get()] { onStart(*call); });
        return call;
    }

    QList<HttpRequest> requests;
    QList<Call*> calls; ///< those that are alive
    std::function<void(Call&)> onStart;
};

} // namespace lavascope
