// SPDX-License-Identifier: MIT
#include "gui/token_pane.h"

#include "core/base/visible_text.h"
#include "core/token/credential.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "ui_token_pane.h"

#include <QMenu>

namespace lavascope {

namespace {

template <typename T>
constexpr auto presenceOf(const Field<T>& field, auto absent, auto null, auto value) {
    return field.isAbsent() ? absent : field.isNull() ? null : value;
}

template <typename T>
Field<T> fieldOf(auto presence, auto absent, auto null, T value) {
    if (presence == absent)
        return {};
    return presence == null ? Field<T>::null() : Field<T>(std::move(value));
}

} // namespace

TokenPane::TokenPane(QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TokenPane>()) {
    m_ui->setupUi(this);
    m_ui->secretKey->setPlaceholder(QStringLiteral("aks_test_…"));
    m_ui->providerKey->setPlaceholder(tr("yours – else the gateway's own is used"));
    m_ui->preview->setFont(codeFont());
    setTextRole(m_ui->preview, TextRole::Quiet);
    setTextRole(m_ui->payer, TextRole::Headline);

    const QList<Presence> all{Presence::Absent, Presence::Null, Presence::Value};
    for (QToolButton* button : {m_ui->customerState, m_ui->meterState, m_ui->providerKeyState})
        addPresenceMenu(button, all);
    addPresenceMenu(m_ui->billingState, {Presence::Absent, Presence::Value});

    auto* more = new QMenu(m_ui->copyMore);
    more->addAction(tr("Copy with secret: token"), this, [this] { copyToken({}); });
    more->addAction(tr("Copy with secret: Authorization header"), this,
                    [this] { copyToken("Authorization: Bearer "); });
    m_ui->copyMore->setMenu(more);
    m_ui->copyMore->setPopupMode(QToolButton::InstantPopup);
    connect(m_ui->copyMasked, &QPushButton::clicked, this, &TokenPane::copyMasked);

    connect(m_ui->secretKey, &SecretField::changed, this, &TokenPane::refresh);
    // Typing into an absent field makes it a value; emptying it makes it absent again.
    const auto follow = [this](QToolButton* button, bool hasText) {
        if (!m_setting)
            setPresence(button, hasText ? Presence::Value : Presence::Absent);
    };
    connect(m_ui->customerId, &QLineEdit::textChanged, this,
            [=, this](const QString& text) { follow(m_ui->customerState, !text.isEmpty()); });
    connect(m_ui->meterSlug, &QLineEdit::textChanged, this,
            [=, this](const QString& text) { follow(m_ui->meterState, !text.isEmpty()); });
    connect(m_ui->providerKey, &SecretField::changed, this,
            [=, this] { follow(m_ui->providerKeyState, !m_ui->providerKey->secret().isEmpty()); });
    connect(m_ui->disableBilling, &QCheckBox::toggled, this, [this] {
        if (!m_setting)
            setPresence(m_ui->billingState,
                        m_ui->disableBilling->isChecked() ? Presence::Value : Presence::Absent);
    });
    refresh();
}

TokenPane::~TokenPane() = default;

void TokenPane::addPresenceMenu(QToolButton* button, const QList<Presence>& choices) {
    auto* menu = new QMenu(button);
    for (Presence choice : choices) {
        const QString text = choice == Presence::Absent ? tr("absent: the field is left out")
                             : choice == Presence::Null ? tr("null: the field is there, and null")
                                                        : tr("value: as typed, even if empty");
        menu->addAction(text, this, [=, this] { setPresence(button, choice); });
    }
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    setTextRole(button, TextRole::Quiet);
    setPresence(button, Presence::Absent);
}

TokenPane::Presence TokenPane::presence(const QToolButton* button) {
    return button->property("presence").value<Presence>();
}

void TokenPane::setPresence(QToolButton* button, Presence presence) {
    button->setProperty("presence", QVariant::fromValue(presence));
    const QString name = presence == Presence::Absent ? tr("absent")
                         : presence == Presence::Null ? tr("null")
                                                      : tr("value");
    button->setText(tr("%1 ▾").arg(name));
    button->setAccessibleDescription(name);
    refresh();
}

TokenFields TokenPane::fields() const {
    constexpr auto absent = Presence::Absent;
    constexpr auto null = Presence::Null;
    TokenFields fields;
    fields.secretKey = m_ui->secretKey->secret();
    fields.customerId = fieldOf(presence(m_ui->customerState), absent, null, m_ui->customerId->text());
    fields.meterSlug = fieldOf(presence(m_ui->meterState), absent, null, m_ui->meterSlug->text());
    fields.providerKey = fieldOf(presence(m_ui->providerKeyState), absent, null, m_ui->providerKey->secret());
    fields.disableBilling =
        fieldOf(presence(m_ui->billingState), absent, null, m_ui->disableBilling->isChecked());
    return fields;
}

void TokenPane::setFields(const TokenFields& fields) {
    m_setting = true;
    const auto set = [this](QToolButton* button, const auto& field) {
        setPresence(button, presenceOf(field, Presence::Absent, Presence::Null, Presence::Value));
    };
    m_ui->secretKey->setSecret(fields.secretKey);
    m_ui->customerId->setText(fields.customerId.hasValue() ? fields.customerId.value() : QString());
    m_ui->meterSlug->setText(fields.meterSlug.hasValue() ? fields.meterSlug.value() : QString());
    m_ui->providerKey->setSecret(fields.providerKey.hasValue() ? fields.providerKey.value() : Secret());
    m_ui->disableBilling->setChecked(fields.disableBilling.hasValue() && fields.disableBilling.value());
    set(m_ui->customerState, fields.customerId);
    set(m_ui->meterState, fields.meterSlug);
    set(m_ui->providerKeyState, fields.providerKey);
    set(m_ui->billingState, fields.disableBilling);
    m_setting = false;
    refresh();
}

void TokenPane::focusField(const QString& name) {
    const QList<std::pair<const char*, QWidget*>> places{
        {"secret_key", m_ui->secretKey},           {"customer_id", m_ui->customerId},
        {"meter_slug", m_ui->meterSlug},           {"provider_key", m_ui->providerKey},
        {"disable_billing", m_ui->disableBilling},
    };
    for (const auto& [fieldName, widget] : places)
        if (name == QLatin1String(fieldName))
            widget->setFocus(Qt::ShortcutFocusReason);
}

void TokenPane::refresh() {
    if (m_setting)
        return;
    const TokenFields now = fields();
    const Result<QByteArray> token = buildToken(now);
    m_ui->payer->setText(withVisibleChips(token ? payerSentence(now) : token.error().message));
    m_ui->preview->setText(token ? tr("Bearer %1").arg(Secret(*token).masked()) : tr("no token yet"));
    m_ui->copyMasked->setEnabled(token.has_value());
    m_ui->copyMore->setEnabled(token.has_value());
    Q_EMIT changed();
}

void TokenPane::copyMasked() {
    if (const Result<QByteArray> token = buildToken(fields()))
        copyText(QStringLiteral("Authorization: Bearer ") + Secret(*token).masked());
}

void TokenPane::copyToken(const QByteArray& before) {
    if (const Result<QByteArray> token = buildToken(fields()))
        copySecret(before + *token);
}

} // namespace lavascope
