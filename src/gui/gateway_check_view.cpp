// SPDX-License-Identifier: MIT
#include "gui/gateway_check_view.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/screen_share.h"
#include "gui/widgets/wrapped_label.h"
#include "session/workbench.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace lavascope {

namespace {

QString markOf(CheckedThing::Known known) {
    switch (known) {
    case CheckedThing::Known::Yes:
        return QStringLiteral("✓");
    case CheckedThing::Known::No:
        return QStringLiteral("✕");
    case CheckedThing::Known::None:
        return QStringLiteral("–");
    case CheckedThing::Known::Untold:
        break;
    }
    return QStringLiteral("?");
}

} // namespace

QStringList checkedLines(const CredentialCheck& check) {
    QStringList lines;
    for (const CheckedThing& thing : check.things())
        lines += markOf(thing.known) + QLatin1Char(' ') + thing.sentence;
    if (const std::optional<Diagnosis>& diagnosis = check.diagnosis())
        lines += GatewayCheckView::tr("%1: %2").arg(diagnosis->title, diagnosis->cause);
    return lines;
}

GatewayCheckView::GatewayCheckView(Workbench& workbench, const ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_share(share)
    , m_ask(new QPushButton(tr("Check with the gateway"), this))
    , m_result(new WrappedLabel(this)) {
    m_ask->setObjectName(QStringLiteral("gatewayCheck"));
    m_ask->setAccessibleName(tr("Ask a gateway whether it knows the key, customer and meter"));
    m_ask->setToolTip(plainToolTip(tr("Only reads; nothing is sent without a press.")));
    auto* menu = new QMenu(m_ask);
    m_ask->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &GatewayCheckView::fillMenu);
    m_result->setObjectName(QStringLiteral("gatewayCheckResult"));
    m_result->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_ask, 0, Qt::AlignLeft);
    layout->addWidget(m_result);
    connect(&share, &ScreenShare::changed, this, &GatewayCheckView::drawResult);
    setReport({});
}

GatewayCheckView::~GatewayCheckView() = default;

void GatewayCheckView::setReport(const TokenReport& report) {
    m_check.reset();
    m_fields = report.parsed;
    m_host = report.host;
    say({});
    m_result->hide();
    m_ask->setEnabled(m_fields.has_value());
    setVisible(m_fields.has_value());
}

void GatewayCheckView::fillMenu() {
    QMenu* menu = m_ask->menu();
    menu->clear();
    if (!m_host.isEmpty())
        menu->addAction(tr("Ask %1 (the key goes there)").arg(m_host), this,
                        [this] { ask(m_host.toLatin1()); });
    const bool isLive = m_fields && modeOf(m_fields->secretKey) == Mode::Live;
    if (m_workbench.sandbox().isRunning() && !isLive)
        menu->addAction(tr("Ask the sandbox on this computer"), this,
                        [this] { ask(m_workbench.sandbox().origin()); });
    if (menu->isEmpty())
        menu->addAction(tr("No gateway fits this key"))->setEnabled(false);
}

void GatewayCheckView::ask(const QByteArray& gateway) {
    if (!m_fields)
        return;
    m_result->show();
    Result<std::unique_ptr<CredentialCheck>> check = m_workbench.checkCredential(*m_fields, gateway);
    if (!check) {
        say(check.error().message);
        return;
    }
    m_check = *std::move(check);
    say(tr("Asking %1 …").arg(QString::fromUtf8(m_check->gateway())));
    connect(m_check.get(), &CredentialCheck::finished, this, &GatewayCheckView::showResult);
    m_check->start();
}

void GatewayCheckView::showResult() {
    say(checkedLines(*m_check).join(QLatin1Char('\n')));
}

void GatewayCheckView::say(const QString& text) {
    m_said = text;
    drawResult();
}

void GatewayCheckView::drawResult() {
    m_result->setText(withVisibleChips(m_share.shown(m_said)));
}

} // namespace lavascope
