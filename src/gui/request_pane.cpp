// SPDX-License-Identifier: MIT
#include "gui/request_pane.h"

#include "core/base/visible_text.h"
#include "core/json/edit.h"
#include "core/json/writer.h"
#include "core/provider/provider_catalogue.h"
#include "core/request/header_rules.h"
#include "core/request/mend_request.h"
#include "core/token/credential_finder.h"
#include "gui/appearance.h"
#include "gui/repeat_options.h"
#include "gui/screen_share.h"
#include "gui/units.h"
#include "gui/widgets/covered_line.h"
#include "gui/widgets/curtain.h"
#include "session/workbench.h"
#include "ui_request_pane.h"

#include <QLineEdit>

namespace lavascope {

namespace {

const QString demoPrompt = QStringLiteral("Say hello and explain in two sentences what a forward token is.");
constexpr qsizetype shownBody = 256 * 1024;

QString severityWord(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return RequestPane::tr("✕ Error");
    case Severity::Warning:
        return RequestPane::tr("▲ Warning");
    case Severity::Note:
        break;
    }
    return RequestPane::tr("● Note");
}

QString findingsText(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings)
        lines += QStringLiteral("%1: %2 %3")
                     .arg(severityWord(finding.severity), finding.message, finding.fix)
                     .trimmed();
    return withVisibleChips(lines.join(QLatin1Char('\n')));
}

QString requestText(const HttpRequest& request, const Headers& fields) {
    QString text =
        QStringLiteral("%1 %2\n").arg(QString::fromLatin1(request.method), QString::fromUtf8(request.url));
    for (const Headers::Field& field : redactedHeaders(fields))
        text += QStringLiteral("%1: %2\n").arg(QString::fromUtf8(field.name), QString::fromUtf8(field.value));
    text += QLatin1Char('\n') + QString::fromUtf8(request.body.first(qMin(request.body.size(), shownBody)));
    if (request.body.size() > shownBody)
        text += RequestPane::tr("\n… %1 in all").arg(byteSize(request.body.size()));
    return withVisibleChips(text);
}

QString headerText(const Headers& headers) {
    QString text;
    for (const Headers::Field& field : headers)
        text += QStringLiteral("%1: %2\n").arg(QString::fromUtf8(field.name), QString::fromUtf8(field.value));
    return text;
}

} // namespace

RequestPane::RequestPane(Workbench& workbench, ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_share(share)
    , m_ui(std::make_unique<Ui::RequestPane>()) {
    m_ui->setupUi(this);
    m_repeat = new RepeatOptions(this);
    m_ui->pickers->addWidget(m_repeat, m_ui->pickers->rowCount(), 0, 1, m_ui->pickers->columnCount());
    m_ui->headers->setFont(codeFont());
    m_ui->sentAs->setFont(codeFont());
    constexpr int fewestLines = 5;
    m_ui->body->setMinimumHeight(fewestLines * m_ui->body->fontMetrics().lineSpacing());
    m_ui->sentAs->setTabChangesFocus(true);
    m_ui->sentAs->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTextRole(m_ui->headersState, TextRole::Bad);
    // Whoever types a key into the headers or the body sees it there, but others need not.
    const auto holdsCredential = [](const QByteArray& text) {
        return !CredentialFinder().find(text).empty();
    };
    auto* headersCurtain = new Curtain(
        m_ui->headers, share, [=, this] { return holdsCredential(m_ui->headers->toPlainText().toUtf8()); });
    auto* bodyCurtain =
        new Curtain(m_ui->body, share, [=, this] { return holdsCredential(m_ui->body->bytes()); });
    connect(m_ui->headers, &QPlainTextEdit::textChanged, headersCurtain, &Curtain::followContent);
    connect(this, &RequestPane::changed, bodyCurtain, &Curtain::followContent);
    coverWhileShared(m_ui->providerUrl, share);
    connect(&share, &ScreenShare::changed, this, &RequestPane::changed);
    for (QComboBox* combo : {m_ui->provider, m_ui->endpoint, m_ui->model}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(8);
    }
    for (const Provider& provider : m_workbench.catalogue().providers())
        m_ui->provider->addItem(provider.name, provider.id);

    connect(m_ui->provider, &QComboBox::currentIndexChanged, this, &RequestPane::fillEndpoints);
    connect(m_ui->endpoint, &QComboBox::currentIndexChanged, this, &RequestPane::fillModels);
    connect(m_ui->model, &QComboBox::currentTextChanged, this, &RequestPane::followModel);
    connect(m_ui->stream, &QCheckBox::clicked, this, &RequestPane::setStream);
    connect(m_ui->providerUrl, &QLineEdit::textChanged, this, &RequestPane::changed);
    connect(m_ui->headers, &QPlainTextEdit::textChanged, this, &RequestPane::changed);
    connect(m_ui->body, &JsonEditor::changed, this, &RequestPane::followBody);
    connect(m_repeat, &RepeatOptions::changed, this, &RequestPane::changed);
    connect(m_ui->useExample, &QPushButton::clicked, this, &RequestPane::useExample);
    fillEndpoints();
}

RequestPane::~RequestPane() = default;

const Provider* RequestPane::provider() const {
    return m_workbench.catalogue().find(m_ui->provider->currentData().toString());
}

const Endpoint* RequestPane::endpoint() const {
    const Provider* chosen = provider();
    const int index = m_ui->endpoint->currentIndex();
    return chosen && index >= 0 && index < chosen->endpoints.size() ? &chosen->endpoints[index] : nullptr;
}

void RequestPane::chooseProvider(const QString& id) {
    m_ui->provider->setCurrentIndex(m_ui->provider->findData(id));
}

void RequestPane::fillEndpoints() {
    m_filling = true;
    m_ui->endpoint->clear();
    if (const Provider* chosen = provider())
        for (const Endpoint& endpoint : chosen->endpoints)
            m_ui->endpoint->addItem(
                QStringLiteral("%1 %2").arg(QString::fromLatin1(endpoint.method), endpoint.path));
    m_filling = false;
    fillModels();
}

void RequestPane::fillModels() {
    if (m_filling)
        return;
    m_filling = true;
    const QString before = m_ui->model->currentText();
    m_ui->model->clear();
    if (const Provider* chosen = provider()) {
        m_ui->model->addItems(chosen->exampleModels);
        if (chosen->exampleModels.isEmpty())
            m_ui->model->lineEdit()->setPlaceholderText(tr("as the provider names it"));
        else if (chosen->exampleModels.contains(before))
            m_ui->model->setCurrentText(before);
    }
    m_filling = false;
    followPickers();
}

QByteArray RequestPane::example() const {
    const Provider* chosen = provider();
    const Endpoint* at = endpoint();
    return chosen && at ? exampleBody(*chosen, *at, m_ui->model->currentText(), demoPrompt, at->streaming)
                        : QByteArray();
}

// A body or headers that the user has written are left alone; examples follow the pickers.
void RequestPane::followPickers() {
    const Provider* chosen = provider();
    const Endpoint* at = endpoint();
    if (!chosen || !at)
        return;
    m_ui->providerUrl->setText(QString::fromUtf8(endpointUrl(*chosen, *at, m_ui->model->currentText())));
    if (m_ui->headers->toPlainText() == m_lastHeaders) {
        m_lastHeaders = headerText(chosen->requiredHeaders);
        m_ui->headers->setPlainText(m_lastHeaders);
    }
    const QByteArray body = m_ui->body->bytes();
    if (body.isEmpty() || body == m_lastExample)
        useExample();
    else
        followBody();
}

void RequestPane::followModel() {
    if (m_filling)
        return;
    const Provider* chosen = provider();
    const Endpoint* at = endpoint();
    if (!chosen || !at)
        return;
    m_ui->providerUrl->setText(QString::fromUtf8(endpointUrl(*chosen, *at, m_ui->model->currentText())));
    const QByteArray body = m_ui->body->bytes();
    json::Document document;
    const bool namesModel = !document.scan(body) && document.root()["model"].isString();
    if (!namesModel)
        return;
    const bool wasExample = body == m_lastExample;
    if (const auto edited = json::withMember(body, "model", json::quoted(m_ui->model->currentText()))) {
        m_ui->body->replaceBytes(*edited);
        if (wasExample)
            m_lastExample = *edited;
    }
}

void RequestPane::useExample() {
    m_lastExample = example();
    m_ui->body->replaceBytes(m_lastExample);
    followBody();
}

void RequestPane::setBody(const QByteArray& body) {
    m_ui->body->setBytes(body);
}

void RequestPane::setStream(bool stream) {
    const QByteArray body = m_ui->body->bytes();
    const bool wasExample = body == m_lastExample;
    if (const auto edited = withStreamFlag(body, stream)) {
        m_ui->body->replaceBytes(*edited);
        if (wasExample)
            m_lastExample = *edited;
    } else {
        m_ui->bodyState->setText(withVisibleChips(edited.error().message));
        m_ui->stream->setChecked(!stream);
    }
}

void RequestPane::followBody() {
    const QByteArray body = m_ui->body->bytes();
    const auto flag = streamFlag(body);
    m_ui->stream->setChecked(flag.value_or(false));
    const auto& fault = m_ui->body->fault();
    if (fault)
        m_ui->bodyState->setText(tr("✕ Not JSON: line %1, column %2: %3")
                                     .arg(fault->line)
                                     .arg(fault->column)
                                     .arg(withVisibleChips(fault->message)));
    else if (m_ui->body->isPreview())
        m_ui->bodyState->setText(
            tr("%1: too large to edit here. It is kept as it is and sent whole; only its beginning is shown.")
                .arg(byteSize(body.size())));
    else
        m_ui->bodyState->setText(body.isEmpty() ? tr("No body.")
                                                : tr("✓ JSON, %1").arg(byteSize(body.size())));
    setTextRole(m_ui->bodyState, fault ? TextRole::Bad : TextRole::Quiet);
    m_ui->useExample->setVisible(body != m_lastExample);
    Q_EMIT changed();
}

Result<Headers> RequestPane::typedHeaders() const {
    Headers headers;
    for (const QString& line : m_ui->headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        Result<Headers::Field> field = parseHeaderLine(line.toUtf8());
        if (!field)
            return tl::unexpected(field.error());
        headers.append(field->name, field->value);
    }
    return headers;
}

Result<RequestDraft> RequestPane::draft() const {
    Result<Headers> headers = typedHeaders();
    if (!headers)
        return tl::unexpected(headers.error());
    RequestDraft draft;
    if (const Endpoint* at = endpoint())
        draft.method = at->method;
    draft.providerUrl = m_ui->providerUrl->text().trimmed().toUtf8();
    draft.headers = *std::move(headers);
    draft.body = m_ui->body->bytes();
    return draft;
}

void RequestPane::showSentAs(const RequestDraft& whole) {
    const Result<Headers> headers = typedHeaders();
    m_ui->headersState->setText(headers ? QString() : withVisibleChips(headers.error().message));
    m_ui->headersState->setVisible(!headers);
    const Result<HttpRequest> request = buildRequest(whole);
    m_ui->sentAs->setPlainText(
        request ? m_share.shown(requestText(*request, m_workbench.fieldsToSend(*request)))
                : withVisibleChips(request.error().message + QLatin1Char('\n') + request.error().fix));
    std::vector<Finding> findings = lintRequest(whole);
    // The editor itself says where its text is broken.
    std::erase_if(findings, [this](const Finding& finding) {
        return m_ui->body->fault() && finding.code.startsWith(QStringLiteral("json_"));
    });
    m_ui->findings->setText(m_share.shown(findingsText(findings)));
    m_ui->findings->setVisible(!findings.empty());
}

bool RequestPane::mend(const QString& code) {
    const Result<RequestDraft> before = draft();
    const std::optional<RequestDraft> after = before ? mended(*before, code) : std::nullopt;
    if (!after)
        return false;
    if (after->providerUrl != before->providerUrl)
        m_ui->providerUrl->setText(QString::fromUtf8(after->providerUrl));
    if (after->headers != before->headers)
        m_ui->headers->setPlainText(headerText(after->headers));
    if (after->body != before->body)
        m_ui->body->replaceBytes(after->body);
    followBody();
    return true;
}

void RequestPane::focusHeaders() {
    m_ui->tabs->setCurrentWidget(m_ui->headersTab);
    m_ui->headers->setFocus(Qt::ShortcutFocusReason);
}

void RequestPane::focusUrl() {
    m_ui->providerUrl->setFocus(Qt::ShortcutFocusReason);
    m_ui->providerUrl->selectAll();
}

void RequestPane::focusBody() {
    m_ui->tabs->setCurrentWidget(m_ui->bodyTab);
    m_ui->body->setFocus(Qt::ShortcutFocusReason);
}

} // namespace lavascope
