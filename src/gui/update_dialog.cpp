// SPDX-License-Identifier: MIT
#include "gui/update_dialog.h"

#include "core/base/visible_text.h"
#include "core/token/credential_finder.h"
#include "gui/appearance.h"
#include "gui/link_question.h"
#include "session/workbench.h"
#include "ui_update_dialog.h"

#include <QScreen>

namespace lavascope {

namespace {

QString headline(const UpdateNews& news) {
    const QString latest = news.release.version.text();
    switch (news.state) {
    case UpdateNews::State::Newest:
        return UpdateDialog::tr("✓ You have the newest version, %1.").arg(latest);
    case UpdateNews::State::AheadOfRelease:
        return UpdateDialog::tr("✓ Your version %1 is newer than the latest release, %2.")
            .arg(news.running.text(), latest);
    case UpdateNews::State::NewerExists:
        break;
    }
    return news.release.version.isPreRelease()
               ? UpdateDialog::tr("▲ There is a newer version to be tried out: %1.").arg(latest)
               : UpdateDialog::tr("▲ There is a newer version: %1.").arg(latest);
}

} // namespace

UpdateDialog::UpdateDialog(UpdateCheck::Settings settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(std::move(settings))
    , m_ui(std::make_unique<Ui::UpdateDialog>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->answer, TextRole::Headline);
    setTextRole(m_ui->privacy, TextRole::Quiet);
    m_ui->notes->setFont(font());
    connect(m_ui->again, &QPushButton::clicked, this, &UpdateDialog::ask);
    connect(m_ui->page, &QPushButton::clicked, this, [this] { askAboutLink(this, m_page); });
    constexpr int wide = 80;
    constexpr int high = 20;
    const QSize wanted(wide * fontMetrics().averageCharWidth(), high * fontMetrics().height());
    resize(wanted.boundedTo(screen()->availableSize()));
    m_ui->close->setFocus();
    ask();
}

UpdateDialog::~UpdateDialog() = default;

void UpdateDialog::ask() {
    m_check = std::make_unique<UpdateCheck>(m_settings);
    const QString host = withVisibleChips(m_check->host());
    m_ui->answer->setText(tr("Asking %1…").arg(host));
    m_ui->detail->hide();
    m_ui->notes->hide();
    m_ui->page->hide();
    m_ui->again->setEnabled(false);
    m_ui->privacy->setText(tr("%1 is told the name and version of the program, and sees your network "
                              "address. It is asked only when you choose so; nothing is downloaded or "
                              "installed.")
                               .arg(host));
    connect(m_check.get(), &UpdateCheck::finished, this, &UpdateDialog::showOutcome, Qt::QueuedConnection);
    m_check->start();
}

void UpdateDialog::showOutcome() {
    m_ui->again->setEnabled(true);
    const Result<UpdateNews>& news = *m_check->news();
    if (news)
        showNews(*news);
    else
        showWhyNot(news.error());
}

void UpdateDialog::showNews(const UpdateNews& news) {
    m_ui->answer->setText(headline(news));
    if (news.state != UpdateNews::State::NewerExists)
        return;
    m_ui->detail->setText(tr("You have %1. What the release says is new:").arg(news.running.text()));
    m_ui->detail->show();
    // A stranger's text, and people paste keys into anything.
    const QByteArray notes = CredentialFinder().masked(news.release.notes.toUtf8());
    m_ui->notes->setLog(notes.isEmpty() ? tr("Nothing is written about it.") : QString::fromUtf8(notes));
    m_ui->notes->show();
    m_page = news.release.page;
    m_ui->page->setVisible(!m_page.isEmpty());
}

void UpdateDialog::showWhyNot(const Error& error) {
    m_ui->answer->setText(tr("✕ The latest release could not be looked up."));
    m_ui->detail->setText(
        withVisibleChips(error.fix.isEmpty() ? error.message : error.message + QLatin1Char(' ') + error.fix));
    m_ui->detail->show();
}

void checkForUpdates(const Workbench& workbench, QWidget* parent) {
    const QString preferred = workbench.preference(QStringLiteral("updates/url")).toString();
    UpdateDialog({.address = releasesAddress(preferred), .running = {}}, parent).exec();
}

} // namespace lavascope
