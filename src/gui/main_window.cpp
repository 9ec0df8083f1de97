// SPDX-License-Identifier: MIT
#include "gui/main_window.h"

#include "core/base/visible_text.h"
#include "core/request/forward_url.h"
#include "core/request/gateway_credential.h"
#include "gui/answer_saver.h"
#include "gui/credit_look_up.h"
#include "gui/decode_pane.h"
#include "gui/diagnostics_dialog.h"
#include "gui/repeat_options.h"
#include "gui/replay_desk.h"
#include "gui/request_fingerprint.h"
#include "gui/request_pane.h"
#include "gui/retry_settings.h"
#include "gui/sandbox_pane.h"
#include "gui/screen_share.h"
#include "gui/send_bar.h"
#include "gui/settings_dialog.h"
#include "gui/stream_pane.h"
#include "gui/token_pane.h"
#include "gui/update_dialog.h"
#include "gui/widgets/find_bar.h"
#include "gui/widgets/form_scroll_area.h"
#include "gui/widgets/share_badge.h"
#include "gui/window_memory.h"
#include "gui/window_menus.h"
#include "session/workbench.h"

#include <QIcon>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace lavascope {

namespace {

// The built-in gateway takes any test key; this one says what it is.
constexpr QByteArrayView demoKey = "aks_test_demo_key_0000";
const QString shareKey = QStringLiteral("view/screen_share");
const QString renderedKey = QStringLiteral("view/rendered_answer");

/// One widget above another that takes the rest of the height.
QWidget* column(QWidget* above, QWidget* below, QWidget* parent) {
    auto* both = new QWidget(parent);
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(above);
    layout->addWidget(below, 1);
    return both;
}

} // namespace

MainWindow::MainWindow(Workbench& workbench)
    : m_workbench(workbench)
    , m_share(new ScreenShare(this))
    , m_saver(new AnswerSaver(workbench, this))
    , m_replay(new ReplayDesk(workbench, *m_share, this))
    , m_sendBar(new SendBar(this))
    , m_library(new LibraryPane(workbench.catalogue(), this))
    , m_pages(new QStackedWidget(this))
    , m_columns(new QSplitter(Qt::Horizontal, this))
    , m_token(new TokenPane(workbench.keys(), *m_share, this))
    , m_request(new RequestPane(workbench, *m_share, this))
    , m_stream(new StreamPane(*m_share, this))
    , m_decode(new DecodePane(workbench, *m_share, this))
    , m_sandbox(new SandboxPane(workbench.sandbox(), *m_share, this))
    , m_lookUp(new CreditLookUp(workbench, this)) {
    setWindowTitle(QStringLiteral("Lavascope"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/lavascope-128.png")));
    buildPages();
    connectPanes();
    buildMenus();
    new WindowMemory(workbench, m_columns, this);
    startFresh();
    applySettings();
    const Result<quint16> port = m_workbench.sandbox().start({});
    say(port ? m_workbench.keys().trouble() : port.error().message);
}

MainWindow::~MainWindow() {
    m_stream->clear();
}

void MainWindow::buildPages() {
    auto* compose = new QSplitter(Qt::Horizontal, this);
    compose->setObjectName(QStringLiteral("compose"));
    auto* form = new FormScrollArea(column(m_token, m_request, this), this);
    form->setAccessibleName(tr("Request"));
    compose->addWidget(m_replay->besides(form));
    compose->addWidget(column(m_replay->strip(), m_stream, this));
    compose->setChildrenCollapsible(false);
    compose->setStretchFactor(0, 4);
    compose->setStretchFactor(1, 5);
    m_pages->addWidget(compose);
    m_pages->addWidget(m_decode);
    m_pages->addWidget(m_sandbox);

    m_columns->addWidget(m_library);
    m_columns->addWidget(m_pages);
    m_columns->setStretchFactor(1, 1);
    m_columns->setCollapsible(1, false);
    setCentralWidget(column(m_sendBar, m_columns, this));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(new ShareBadge(*m_share, this));
}

void MainWindow::connectPanes() {
    connect(m_library, &LibraryPane::pageChosen, this, &MainWindow::showPage);
    connect(m_library, &LibraryPane::providerChosen, this, [this](const QString& id) {
        m_pages->setCurrentIndex(int(LibraryPane::Page::Compose));
        m_request->chooseProvider(id);
        m_request->repeatOptions().setRetriesOff();
    });
    connect(m_sendBar, &SendBar::sendWanted, this, &MainWindow::send);
    connect(m_sendBar, &SendBar::stopWanted, this, &MainWindow::stop);
    connect(m_sendBar, &SendBar::changed, this, &MainWindow::refreshRequest);
    // What was chosen for play money must not go on with real money.
    connect(m_sendBar, &SendBar::changed, this, [this] { m_request->repeatOptions().setRetriesOff(); });
    connect(m_token, &TokenPane::changed, this, &MainWindow::refreshRequest);
    connect(m_token, &TokenPane::said, this, &MainWindow::say);
    connect(m_request, &RequestPane::changed, this, &MainWindow::refreshRequest);
    connect(m_stream, &StreamPane::demoWanted, this, [this] {
        startFresh();
        send();
    });
    connect(m_stream, &StreamPane::stopWanted, this, &MainWindow::stop);
    connect(m_stream, &StreamPane::saveWanted, this,
            [this](AnswerSaver::Form form) { m_saver->save(m_run.get(), form); });
    connect(m_stream, &StreamPane::renderedChosen, this,
            [this](bool rendered) { m_workbench.setPreference(renderedKey, rendered); });
    connect(m_stream, &StreamPane::saveBytesWanted, m_saver, &AnswerSaver::saveBytes);
    connect(m_saver, &AnswerSaver::said, this, &MainWindow::say);
    connect(m_replay, &ReplayDesk::played, this, [this] { watch(m_replay->takeRun()); });
    connect(m_replay, &ReplayDesk::stopWanted, this, &MainWindow::stop);
    connect(m_replay, &ReplayDesk::closeWanted, this, [this] {
        watch(nullptr);
        m_request->focusBody();
    });
    connect(m_replay, &ReplayDesk::refused, this, [this] { showPage(LibraryPane::Page::Compose); });
    connect(m_replay, &ReplayDesk::said, this, &MainWindow::say);
    connect(m_stream, &StreamPane::retryNowWanted, this,
            [this] { m_run && m_run->state() == Run::State::Waiting ? m_run->retryNow() : sendAgain(); });
    connect(m_stream, &StreamPane::remedyWanted, this, &MainWindow::attendTo);
    connect(m_lookUp, &CreditLookUp::said, this,
            [this](const QString& text) { m_stream->tell(m_share->shown(text)); });
    connect(m_decode, &DecodePane::editTokenWanted, this, [this](const TokenFields& fields) {
        m_token->setFields(fields);
        showPage(LibraryPane::Page::Compose);
    });
    connect(m_decode, &DecodePane::said, this, &MainWindow::say);
    connect(m_share, &ScreenShare::changed, this,
            [this](bool on) { m_workbench.setPreference(shareKey, on); });
    connect(&m_workbench.sandbox(), &SandboxHost::changed, this, [this] {
        if (m_sendBar->sandboxOrigin() != m_workbench.sandbox().origin())
            m_sendBar->setSandboxOrigin(m_workbench.sandbox().origin());
    });
}

void MainWindow::buildMenus() {
    const auto findBar = [this] { return FindBar::nearest(focusWidget(), m_stream->findBar()); };
    const WindowActions actions{
        .fresh = [this] { startFresh(); },
        .open = [this] { m_replay->chooseFile(); },
        .save = [this] { m_saver->save(m_run.get(), AnswerSaver::Form::Recording); },
        .send = [this] { send(); },
        .stop = [this] { stop(); },
        .playAgain = [this] { m_replay->playAgain(); },
        .page = [this](LibraryPane::Page page) { showPage(page); },
        .environment = [this] { m_sendBar->focusEnvironment(); },
        .url = [this] { m_request->focusUrl(); },
        .find = [findBar] { findBar()->open(); },
        .findNext = [findBar] { findBar()->findNext(); },
        .findPrevious = [findBar] { findBar()->findPrevious(); },
        .filter = [this] { m_stream->focusFilter(); },
        .library = [this] { m_library->setVisible(!m_library->isVisible()); },
        .theme =
            [this](const QString& name) { m_workbench.setPreference(QStringLiteral("view/theme"), name); },
        .chosenTheme = m_workbench.preference(QStringLiteral("view/theme")).toString(),
        .share = [this](bool on) { m_share->setOn(on); },
        .isSharing = m_workbench.preference(shareKey).toBool(),
        .settings = [this] { editSettings(m_workbench, this) ? applySettings() : void(); },
        .diagnostics = [this] { DiagnosticsDialog(m_workbench, *m_share, this).exec(); },
        .updates = [this] { checkForUpdates(m_workbench, this); },
    };
    buildWindowMenus(*this, actions);
}

void MainWindow::applySettings() {
    const SecretTimes times = secretTimes(m_workbench);
    m_token->setSecretTimes(times);
    m_decode->setSecretTimes(times);
    m_share->setOn(m_workbench.preference(shareKey).toBool());
    m_request->repeatOptions().setMostRetries(retrySettings(m_workbench).most);
    m_stream->showRendered(m_workbench.preference(renderedKey).toBool());
}

void MainWindow::startFresh() {
    TokenFields fields;
    fields.secretKey = Secret(demoKey);
    m_token->setFields(fields);
    m_request->useExample();
    m_request->repeatOptions().startNewRequest();
    m_sent.reset(); // with its secrets
    watch(nullptr);
    m_request->focusBody();
}

void MainWindow::showPage(LibraryPane::Page page) {
    m_pages->setCurrentIndex(int(page));
    m_library->showPage(page);
    if (page == LibraryPane::Page::Decode)
        m_decode->focusPaste();
}

Result<RequestDraft> MainWindow::draft() const {
    return m_request->draft().map([this](RequestDraft draft) {
        draft.gateway = m_sendBar->gateway();
        draft.token = m_token->fields();
        m_request->repeatOptions().addIdempotencyKey(draft);
        return draft;
    });
}

void MainWindow::refreshRequest() {
    const Result<RequestDraft> current = draft();
    const RequestDraft shown = current.value_or(RequestDraft{});
    const Result<QByteArray> url = buildForwardUrl(shown.gateway, shown.providerUrl);
    m_sendBar->showRequest(shown.method,
                           m_share->shown(QString::fromUtf8(url.value_or(QByteArray()))).toUtf8());
    m_request->showSentAs(shown);
    m_token->setGateway(m_sendBar->gateway());
}

void MainWindow::send() {
    if (m_replay->bringBackOwnRequest())
        return;
    if (m_run && !m_run->isReplay() && !m_run->isDone()) {
        say(tr("A call is under way. Stop it first: Esc."));
        return;
    }
    const Result<RequestDraft> current = draft();
    if (!current) {
        say(current.error().message);
        return;
    }
    SendOptions options;
    options.retry = retryPolicy(retrySettings(m_workbench), m_request->repeatOptions().retries());
    if (const Result<HttpRequest> request = buildRequest(*current))
        options.retry.triesBefore = m_stream->triesOf(*request);
    Result<std::unique_ptr<Run>> run = m_workbench.send(*current, options);
    if (!run) {
        say(run.error().message + QLatin1Char(' ') + run.error().fix);
        return;
    }
    m_sent = std::make_unique<RequestDraft>(*current);
    watch(*std::move(run));
}

/// The call of the card once more; not whatever stands in the form by now, and not to another gateway.
void MainWindow::sendAgain() {
    const auto fingerprint = [](const RequestDraft& draft) {
        const Result<HttpRequest> request = buildRequest(draft);
        return request ? requestFingerprint(*request) : QByteArray();
    };
    const Result<RequestDraft> now = draft();
    if (now && m_sent && fingerprint(*now) == fingerprint(*m_sent))
        send();
    else
        m_stream->tell(tr("The request has changed since. Press Send to send it as it is now."));
}

/// Shows this run, or none, from now on; the one before is let go of.
void MainWindow::watch(std::unique_ptr<Run> run) {
    showPage(LibraryPane::Page::Compose);
    m_stream->clear();
    m_lookUp->forget();
    m_run = std::move(run);
    m_stream->showRun(m_run.get());
    m_replay->follow(m_run.get());
    m_sendBar->setRunning(m_run && !m_run->isReplay());
    say({});
    if (m_run)
        connect(m_run.get(), &Run::finished, this, [this] {
            m_sendBar->setRunning(false);
            if (m_sent && !m_run->isReplay() && m_run->succeeded())
                m_request->repeatOptions().forgetKey(
                    m_sent->headers.value("Idempotency-Key").value_or(QByteArray()));
        });
}

void MainWindow::openFile(const QString& path) {
    m_replay->open(path);
}

void MainWindow::stop() {
    if (m_run && !m_run->isDone())
        m_run->stop();
    else
        m_stream->findBar()->close();
}

void MainWindow::attendTo(const Remedy& remedy) {
    showPage(LibraryPane::Page::Compose);
    switch (remedy.action) {
    case Remedy::Action::TokenField:
        m_token->focusField(remedy.argument);
        return;
    case Remedy::Action::MendRequest:
        m_stream->tell(
            m_request->mend(remedy.argument)
                ? tr("Done; nothing was sent. Send again when the request is as you want it.")
                : tr("The request has changed since, or only you can decide how: see the remarks below it."));
        return;
    case Remedy::Action::EditUrl:
        m_request->focusUrl();
        return;
    case Remedy::Action::EditHeaders:
        m_request->focusHeaders();
        return;
    case Remedy::Action::EditBody:
        m_request->focusBody();
        return;
    case Remedy::Action::ChooseGateway:
        m_sendBar->focusEnvironment();
        return;
    case Remedy::Action::LookUpCredit:
        lookUpCredit();
        return;
    }
}

/// With what was sent, whatever stands in the form by now.
void MainWindow::lookUpCredit() {
    if (!m_sent || bringsOwnCredential(m_sent->headers))
        m_stream->tell(
            tr("The request brought a credential of its own in its headers. Look at it under Decode, and "
               "check it with the gateway there."));
    else
        m_lookUp->ask(m_sent->token, m_sent->gateway);
}

void MainWindow::say(const QString& text) {
    statusBar()->showMessage(withVisibleChips(m_share->shown(text)));
}

} // namespace lavascope
