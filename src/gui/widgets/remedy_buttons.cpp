// SPDX-License-Identifier: MIT
#include "gui/widgets/remedy_buttons.h"

#include "gui/widgets/flow_layout.h"

#include <QPushButton>
#include <QWidget>

namespace lavascope {

namespace {

QString fieldWords(const QString& field) {
    if (field == QStringLiteral("customer_id"))
        return RemedyButtons::tr("Go to the customer");
    if (field == QStringLiteral("meter_slug"))
        return RemedyButtons::tr("Go to the meter");
    if (field == QStringLiteral("provider_key"))
        return RemedyButtons::tr("Go to the provider key");
    if (field == QStringLiteral("disable_billing"))
        return RemedyButtons::tr("Go to billing");
    return RemedyButtons::tr("Go to the secret key");
}

QString mendWords(const QString& code) {
    if (code == QStringLiteral("anthropic_version_missing"))
        return RemedyButtons::tr("Add anthropic-version");
    if (code == QStringLiteral("anthropic_max_tokens_missing"))
        return RemedyButtons::tr("Add max_tokens");
    if (code == QStringLiteral("anthropic_system_role"))
        return RemedyButtons::tr("Move the system text");
    if (code == QStringLiteral("stream_not_bool"))
        return RemedyButtons::tr("Correct \"stream\"");
    if (code == QStringLiteral("stream_by_url"))
        return RemedyButtons::tr("Stream by the URL");
    if (code == QStringLiteral("content_type_not_json"))
        return RemedyButtons::tr("Remove Content-Type");
    if (code == QStringLiteral("origin_header"))
        return RemedyButtons::tr("Remove Origin");
    if (code == QStringLiteral("host_header"))
        return RemedyButtons::tr("Remove Host");
    return RemedyButtons::tr("Mend the request");
}

QString wordsOf(const Remedy& remedy) {
    switch (remedy.action) {
    case Remedy::Action::TokenField:
        return fieldWords(remedy.argument);
    case Remedy::Action::MendRequest:
        return mendWords(remedy.argument);
    case Remedy::Action::EditUrl:
        return RemedyButtons::tr("Go to the URL");
    case Remedy::Action::EditHeaders:
        return RemedyButtons::tr("Go to the headers");
    case Remedy::Action::EditBody:
        return RemedyButtons::tr("Go to the body");
    case Remedy::Action::ChooseGateway:
        return RemedyButtons::tr("Choose the gateway");
    case Remedy::Action::LookUpCredit:
        break;
    }
    return RemedyButtons::tr("Look up what is left");
}

} // namespace

RemedyButtons::RemedyButtons(FlowLayout& row, QWidget* next, QObject* parent)
    : QObject(parent)
    , m_row(row)
    , m_next(next) {}

void RemedyButtons::setRemedies(const std::vector<Remedy>& remedies) {
    for (const QPointer<QPushButton>& old : m_buttons) {
        if (!old)
            continue;
        m_row.removeWidget(old);
        old->hide();
        old->setObjectName({});
        old->deleteLater(); // it may be the one whose press led here
    }
    m_buttons.clear();
    int place = m_row.indexOf(m_next);
    for (const Remedy& remedy : remedies) {
        auto* button = new QPushButton(wordsOf(remedy), m_next->parentWidget());
        button->setObjectName(QStringLiteral("remedy"));
        button->setAccessibleName(button->text());
        connect(button, &QPushButton::clicked, this, [this, remedy] { Q_EMIT wanted(remedy); });
        m_row.insertWidget(place++, button);
        QWidget::setTabOrder(m_next->previousInFocusChain(), button);
        button->show();
        m_buttons.emplace_back(button);
    }
}

} // namespace lavascope
