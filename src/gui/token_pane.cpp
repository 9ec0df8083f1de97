// SPDX-License-Identifier: MIT
#include "gui/token_pane.h"

#include "core/base/visible_text.h"
#include "core/request/forward_url.h"
#include "core/request/request_draft.h"
#include "core/token/credential.h"
#include "core/token/credential_finder.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/screen_share.h"
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

TokenPane::TokenPane(KeyRing& keys, ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TokenPane>())
    , m_share(share) {
    m_ui->setupUi(this);
    m_ui->secretKey->setPlaceholder(QStringLiteral("aks_test_…"));
    m_ui->providerKey->setPlaceholder(tr("yours – else the gateway's own is used"));
    m_ui->preview->setFont(codeFont());
    setTextRole(m_ui->preview, TextRole::Quiet);
    setTextRole(m_ui->payer, TextRole::Headline);
    setTextRole(m_ui->risks, TextRole::Bad);
    m_ui->keyPicker->setKeyRing(keys);
    connect(m_ui->keyPicker, &KeyPicker::keyChosen, this,
            [this](const Secret& key) { m_ui->secretKey->setSecret(key); });
    connect(m_ui->keyPicker, &KeyPicker::said, this, &TokenPane::said);
    connect(&share, &ScreenShare::changed, this, [this](bool on) {
        for (SecretField* field : {m_ui->secretKey, m_ui->providerKey})
            field->setRevealable(!on);
        refresh();
    });

    const QList<Presence> all{Presence::Absent, Presence::Null, Presence::Value};
    for (QToolButton* button : {m_ui->customerState, m_ui->meterState, m_ui->providerKeyState})
        addPresenceMenu(button, all);
    addPresenceMenu(m_ui->billingState, {Presence::Absent, Presence::Value});

    fillCopyMenu();
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

void TokenPane::fillCopyMenu() {
    auto* more = new QMenu(m_ui->copyMore);
    more->addAction(tr("Copy as curl, token from $LAVA_FORWARD_TOKEN"), this, [this] {
        copyText(QString::fromUtf8(tokenAs(TokenForm::CurlWithName, {}, gatewayToName())));
        Q_EMIT said(tr("The command is on the clipboard; it holds no secret."));
    });
    more->addSeparator();
    const QList<std::pair<QString, TokenForm>> forms{
        {tr("Copy with secret: token"), TokenForm::Token},
        {tr("Copy with secret: Authorization header"), TokenForm::Header},
        {tr("Copy with secret: line of .env"), TokenForm::EnvLine},
        {tr("Copy with secret: curl command"), TokenForm::Curl}};
    for (const auto& [text, form] : forms)
        more->addAction(text, this, [this, form = form] { copyAs(form); });
    m_ui->copyMore->setMenu(more);
    m_ui->copyMore->setPopupMode(QToolButton::InstantPopup);
}

void TokenPane::setSecretTimes(const SecretTimes& times) {
    m_times = times;
    for (SecretField* field : {m_ui->secretKey, m_ui->providerKey})
        field->setRevealTime(times.shown);
}

void TokenPane::setGateway(const QByteArray& gateway) {
    if (m_gateway == gateway)
        return;
    m_gateway = gateway;
    showRisks();
}

// The worst ones first; more than three nobody reads in a form.
void TokenPane::showRisks() {
    constexpr qsizetype mostShown = 3;
    QStringList lines;
    if (!m_ui->secretKey->secret().isEmpty()) {
        const std::vector<Finding> findings = lintToken(fields(), m_gateway);
        for (const Severity severity : {Severity::Error, Severity::Warning})
            for (const Finding& finding : findings)
                if (finding.severity == severity && lines.size() < mostShown)
                    lines += QStringLiteral("%1 %2 %3")
                                 .arg(severity == Severity::Error ? QStringLiteral("✕") : QStringLiteral("▲"),
                                      finding.message, finding.fix);
    }
    m_ui->risks->setText(withVisibleChips(m_share.shown(lines.join(QLatin1Char('\n')))));
    m_ui->risks->setVisible(!lines.isEmpty());
}

// A key is easily pasted into the wrong field, and ids are no secrets only as long as they are ids.
void TokenPane::coverIds() {
    CredentialFinder finder;
    if (m_share.isOn())
        for (const SecretField* field : {m_ui->secretKey, m_ui->providerKey})
            finder.add(field->secret().reveal());
    for (QLineEdit* line : {m_ui->customerId, m_ui->meterSlug}) {
        const bool covers = m_share.isOn() && !finder.find(line->text().toUtf8()).empty();
        line->setEchoMode(covers ? QLineEdit::Password : QLineEdit::Normal);
    }
}

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
    coverIds();
    const TokenFields now = fields();
    const Result<QByteArray> token = buildToken(now);
    m_ui->payer->setText(withVisibleChips(m_share.shown(token ? payerSentence(now) : token.error().message)));
    m_ui->preview->setText(token ? m_share.shown(tr("Bearer %1").arg(Secret(*token).masked()))
                                 : tr("no token yet"));
    m_ui->keyPicker->setCurrentKey(now.secretKey);
    showRisks();
    m_ui->copyMasked->setEnabled(token.has_value());
    m_ui->copyMore->setEnabled(token.has_value());
    Q_EMIT changed();
}

void TokenPane::copyMasked() {
    if (const Result<QByteArray> token = buildToken(fields()))
        copyText(m_share.shown(QStringLiteral("Authorization: Bearer ") + Secret(*token).masked()));
}

// What the user typed as a gateway goes into a shell's command only if it is one.
QByteArray TokenPane::gatewayToName() const {
    return gatewayOrigin(m_gateway).value_or(QByteArray(liveGateway));
}

void TokenPane::copyAs(TokenForm form) {
    const Result<QByteArray> token = buildToken(fields());
    if (!token)
        return;
    copySecret(tokenAs(form, *token, gatewayToName()), m_times.onClipboard);
    Q_EMIT said(copiedSecretSentence(m_times.onClipboard));
}

} // namespace lavascope
