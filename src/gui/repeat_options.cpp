// SPDX-License-Identifier: MIT
#include "gui/repeat_options.h"

#include "core/request/request_draft.h"
#include "gui/appearance.h"
#include "gui/request_fingerprint.h"
#include "gui/widgets/flow_layout.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

const QByteArray keyHeader = "Idempotency-Key";

} // namespace

RepeatOptions::RepeatOptions(QWidget* parent)
    : QWidget(parent)
    , m_retries(new QSpinBox(this))
    , m_keyed(new QCheckBox(QStringLiteral("Idempotency-Ke&y"), this)) {
    m_retries->setObjectName(QStringLiteral("retries"));
    m_retries->setAccessibleName(tr("Automatic retries"));
    m_retries->setSpecialValueText(tr("off"));
    m_retries->setPrefix(tr("up to "));
    const QString promise = tr(
        "How often this request is tried again by itself after a failure that a later try can mend. "
        "It is never repeated by itself once an answer has begun, or when it may already have been billed.");
    m_retries->setToolTip(plainToolTip(promise));
    m_retries->setAccessibleDescription(promise);
    auto* label = new QLabel(tr("Automatic retr&ies"), this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_retries);
    auto* row = new QWidget(this);
    auto* both = new QHBoxLayout(row);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(8);
    both->addWidget(label);
    both->addWidget(m_retries);
    auto* flow = new FlowLayout(16, 8);
    flow->addWidget(row);
    setLayout(flow);
    buildKey();
    flow->addWidget(m_keyed);
    setMostRetries(1);
}

void RepeatOptions::buildKey() {
    m_keyed->setObjectName(QStringLiteral("idempotencyKey"));
    m_keyed->setAccessibleName(QStringLiteral("Idempotency-Key"));
    const QString honest = tr(
        "Sends this header with a value that stays the same for every try of this request, and is new for "
        "another. The gateway documents it for POST in general, but not for forwarded calls, and "
        "nothing that was found shows that a provider honours it for a model's answers (Anthropic says that "
        "it does not): a call that is sent twice may still be billed twice.");
    m_keyed->setToolTip(plainToolTip(honest));
    m_keyed->setAccessibleDescription(honest);
    connect(m_keyed, &QCheckBox::toggled, this, &RepeatOptions::changed);
}

int RepeatOptions::retries() const {
    return m_retries->value();
}

void RepeatOptions::setMostRetries(int most) {
    m_retries->setRange(0, most);
    // A new range selects the text, also where nobody is about to type.
    m_retries->findChild<QLineEdit*>()->deselect();
}

void RepeatOptions::setRetriesOff() {
    m_retries->setValue(0);
}

void RepeatOptions::startNewRequest() {
    setRetriesOff();
    m_keyed->setChecked(false);
    m_keys.clear();
    Q_EMIT changed();
}

void RepeatOptions::forgetKey(const QByteArray& key) {
    if (std::erase_if(m_keys, [&](const Keyed& keyed) { return keyed.key == key; }) > 0)
        Q_EMIT changed();
}

void RepeatOptions::addIdempotencyKey(RequestDraft& draft) {
    if (!m_keyed->isChecked() || draft.method != "POST" || draft.headers.value(keyHeader))
        return;
    const Result<HttpRequest> request = buildRequest(draft);
    if (!request)
        return;
    const QByteArray fingerprint = requestFingerprint(*request);
    const auto known = std::find_if(m_keys.begin(), m_keys.end(),
                                    [&](const Keyed& keyed) { return keyed.request == fingerprint; });
    if (known != m_keys.end()) {
        std::rotate(known, known + 1, m_keys.end());
    } else {
        constexpr size_t mostKeys = 200; // typing a word makes as many requests as it has letters
        if (m_keys.size() == mostKeys)
            m_keys.erase(m_keys.begin());
        m_keys.push_back({fingerprint, QUuid::createUuid().toByteArray(QUuid::WithoutBraces)});
    }
    draft.headers.append(keyHeader, m_keys.back().key);
}

} // namespace lavascope
