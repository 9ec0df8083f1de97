// SPDX-License-Identifier: MIT
#include "gui/about_dialog.h"

#include "core/base/build_facts.h"
#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/link_question.h"
#include "session/computer_checks.h"
#include "ui_about_dialog.h"

#include <QIcon>
#include <QScreen>
#include <QTabBar>

namespace lavascope {

namespace {

QString qtText() {
    const QString running = QString::fromLatin1(qVersion());
    const QString built = QStringLiteral(QT_VERSION_STR);
    return running == built ? running : AboutDialog::tr("%1, built with %2").arg(running, built);
}

QString placeName(const QString& place) {
    if (place == QLatin1String("windows"))
        return AboutDialog::tr("Windows");
    if (place == QLatin1String("macos"))
        return AboutDialog::tr("macOS");
    return AboutDialog::tr("portable Linux");
}

QString placesText(const ShippedPart& part) {
    if (part.shippedOn.isEmpty())
        return AboutDialog::tr("This program");
    QStringList names;
    for (const QString& place : part.shippedOn)
        names += placeName(place);
    return AboutDialog::tr("In the packages for %1").arg(names.join(QStringLiteral(", ")));
}

QString titleOf(const ShippedPart& part) {
    return part.version.isEmpty() ? part.name : part.name + QLatin1Char(' ') + part.version;
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::AboutDialog>())
    , m_parts(shippedParts()) {
    m_ui->setupUi(this);
    m_ui->tabs->tabBar()->setDrawBase(false);
    setTextRole(m_ui->name, TextRole::Headline);
    setTextRole(m_ui->slogan, TextRole::Quiet);
    setTextRole(m_ui->partTitle, TextRole::Title);
    setTextRole(m_ui->places, TextRole::Quiet);
    m_ui->licence->setFont(codeFont());
    showFacts();
    listParts();
    connect(m_ui->copy, &QPushButton::clicked, this, &AboutDialog::copyFacts);
    connect(m_ui->homepage, &QPushButton::clicked, this,
            [this] { askAboutLink(this, m_parts.at(size_t(m_ui->parts->currentRow())).homepage); });
    constexpr int wide = 150; // the lines of a licence beside the list
    constexpr int high = 34;
    const QSize wanted(wide * fontMetrics().averageCharWidth(), high * fontMetrics().height());
    resize(wanted.boundedTo(screen()->availableSize()));
}

AboutDialog::~AboutDialog() = default;

void AboutDialog::showFacts() {
    const int side = 4 * fontMetrics().height();
    m_ui->icon->setPixmap(QIcon(QStringLiteral(":/icons/lavascope-128.png")).pixmap(side, side));
    const BuildFacts facts = buildFacts();
    m_ui->name->setText(QStringLiteral("Lavascope ") + facts.version);
    m_ui->commit->setText(commitText(facts));
    m_ui->build->setText(QStringLiteral("%1, %2").arg(facts.buildType, facts.compiler));
    m_ui->qt->setText(qtText());
    m_ui->tls->setText(withVisibleChips(lookAtEncryption().detail));
    m_ui->system->setText(withVisibleChips(lookAtSystem().detail));
}

void AboutDialog::listParts() {
    for (const ShippedPart& part : m_parts)
        m_ui->parts->addItem(titleOf(part));
    const int margin = 2 * fontMetrics().height(); // of a row, and a bar to scroll with
    m_ui->parts->setFixedWidth(m_ui->parts->sizeHintForColumn(0) + margin);
    connect(m_ui->parts, &QListWidget::currentRowChanged, this, &AboutDialog::showPart);
    m_ui->parts->setCurrentRow(0);
}

void AboutDialog::showPart(int row) {
    if (row < 0)
        return;
    const ShippedPart& part = m_parts.at(size_t(row));
    m_ui->partTitle->setText(tr("%1: %2").arg(titleOf(part), part.licence));
    m_ui->places->setText(placesText(part));
    m_ui->licence->setPlainText(withVisibleChips(licenceText(part)));
}

void AboutDialog::copyFacts() const {
    const QList<std::pair<const QLabel*, const QLabel*>> rows{{m_ui->commitLabel, m_ui->commit},
                                                              {m_ui->buildLabel, m_ui->build},
                                                              {m_ui->qtLabel, m_ui->qt},
                                                              {m_ui->tlsLabel, m_ui->tls},
                                                              {m_ui->systemLabel, m_ui->system}};
    QString text = m_ui->name->text() + QLatin1Char('\n');
    for (const auto& [label, fact] : rows)
        text += label->text() + QStringLiteral(": ") + fact->text() + QLatin1Char('\n');
    copyText(text);
}

} // namespace lavascope
