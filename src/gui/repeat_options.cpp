// SPDX-License-Identifier: MIT
#include "gui/repeat_options.h"

#include "gui/appearance.h"
#include "gui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace lavascope {

RepeatOptions::RepeatOptions(QWidget* parent)
    : QWidget(parent)
    , m_retries(new QSpinBox(this)) {
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
    setMostRetries(1);
}

int RepeatOptions::retries() const {
    return m_retries->value();
}

void RepeatOptions::setMostRetries(int most) {
    m_retries->setRange(0, most);
}

void RepeatOptions::startNewRequest() {
    m_retries->setValue(0);
}

} // namespace lavascope
