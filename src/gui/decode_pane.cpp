// SPDX-License-Identifier: MIT
#include "gui/decode_pane.h"

#include "core/base/visible_text.h"
#include "core/token/compare_tokens.h"
#include "core/token/safe_report.h"
#include "core/token/utf8.h"
#include "gui/batch_view.h"
#include "gui/clipboard.h"
#include "gui/edit_losses.h"
#include "gui/gateway_check_view.h"
#include "gui/screen_share.h"
#include "gui/token_report_text.h"
#include "gui/widgets/curtain.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/wrapped_label.h"
#include "session/workbench.h"
#include "ui_decode_pane.h"

#include <QFileDialog>
#include <QFileInfo>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestHeadline = 600;
constexpr qsizetype longestList = 600;
constexpr qint64 largestFile = 64 * 1024 * 1024;

QString wordOf(const char* name) {
    return spaced(QString::fromLatin1(name));
}

QString joined(const QStringList& names) {
    const QString list = names.join(QStringLiteral(", "));
    return withVisibleChips(list.size() <= longestList ? list : list.left(longestList) + QStringLiteral("…"));
}

} // namespace

DecodePane::DecodePane(Workbench& workbench, ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_share(share)
    , m_ui(std::make_unique<Ui::DecodePane>()) {
    m_ui->setupUi(this);
    // Made after the form, so that the Tab key comes to them after it.
    m_batch = new BatchView(share, this);
    m_check = new GatewayCheckView(workbench, share, this);
    m_ui->pages->addWidget(m_batch);
    m_ui->rightLayout->insertWidget(m_ui->rightLayout->indexOf(m_ui->layers), m_check);
    setTextRole(m_ui->title, TextRole::Title);
    setTextRole(m_ui->otherTitle, TextRole::Headline);
    setTextRole(m_ui->hint, TextRole::Quiet);
    setTextRole(m_ui->headline, TextRole::Title);
    setTextRole(m_ui->comparisonHeadline, TextRole::Headline);
    setTextRole(m_ui->layers, TextRole::Quiet);
    setTextRole(m_ui->forms, TextRole::Quiet);
    setTextRole(m_ui->findingsTitle, TextRole::Headline);
    m_ui->badges->setLayout(new FlowLayout(8, 4));
    auto* actions = new FlowLayout(8, 8);
    for (QPushButton* button : {m_ui->edit, m_ui->compare, m_ui->copyReport})
        actions->addWidget(button);
    m_ui->actions->setLayout(actions);
    m_editText = m_ui->edit->text();
    m_editRemark = new WrappedLabel(this);
    m_editRemark->setObjectName(QStringLiteral("editRemark"));
    m_editRemark->setTextFormat(Qt::PlainText);
    setTextRole(m_editRemark, TextRole::Quiet);
    m_ui->rightLayout->insertWidget(m_ui->rightLayout->indexOf(m_ui->actions) + 1, m_editRemark);
    m_ui->forms->setText(
        tr("Any of these will do:\n\n"
           "  •  a forward token, with or without “Bearer ” or “Authorization:”\n"
           "  •  a secret key (aks_live_…, aks_test_…) or a provider key\n"
           "  •  a line of .env, a shell export, a curl command, a line of a log\n"
           "  •  wrapped, quoted, URL-encoded, base64url or without its padding\n"
           "  •  a JWT or anything else that someone took for a token\n"
           "  •  a list, CSV, JSON Lines or a log with many of them\n\n"
           "Every secret is masked here. Two of them can be compared by their fingerprints."));
    m_ui->showAll->hide();
    m_ui->right->setAccessibleName(tr("What was found"));
    m_ui->split->setStretchFactor(0, 2);
    m_ui->split->setStretchFactor(1, 3);
    for (PasteBox* box : {m_ui->paste, m_ui->other}) {
        auto* curtain = new Curtain(box, share, [box] { return !box->content().trimmed().isEmpty(); });
        connect(box, &PasteBox::contentChanged, curtain, &Curtain::followContent);
    }
    connect(&share, &ScreenShare::changed, this, &DecodePane::showReport);
    connectActions();
    showReport();
}

DecodePane::~DecodePane() = default;

void DecodePane::connectActions() {
    m_inspectSoon.setSingleShot(true);
    m_inspectSoon.setInterval(0ms);
    connect(&m_inspectSoon, &QTimer::timeout, this, &DecodePane::inspect);
    connect(m_ui->paste, &PasteBox::contentChanged, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(m_ui->other, &PasteBox::contentChanged, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(m_ui->clear, &QPushButton::clicked, this, [this] {
        m_ui->paste->setContent({});
        m_ui->other->setContent({});
        focusPaste();
    });
    connect(m_ui->openFile, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Open a file with credentials"));
        if (!path.isEmpty())
            openFile(path);
    });
    connect(m_ui->showAll, &QPushButton::clicked, this, [this] { showBatch(m_ui->paste->content()); });
    connect(m_ui->findings, &FindingsTable::rangeChosen, this,
            [this](const ByteRange& range) { m_ui->paste->selectBytes(range.begin, range.end); });
    connect(m_ui->findings, &FindingsTable::repairWanted, this, [this](const Secret& text) {
        setPastedText(textOfUtf8(text.reveal()));
        focusPaste();
    });
    connect(m_ui->edit, &QPushButton::clicked, this, [this] {
        Q_EMIT editTokenWanted(*m_report.parsed);
        if (const QString lost = editLosses(m_report); !lost.isEmpty())
            Q_EMIT said(lost);
    });
    connect(m_ui->fields, &TokenFieldTable::secretCopied, this,
            [this] { Q_EMIT said(copiedSecretSentence(m_times.onClipboard)); });
    connect(m_ui->compare, &QPushButton::toggled, this, [this](bool on) {
        if (!on)
            m_ui->other->setContent({});
        showComparison();
        if (on)
            m_ui->other->setFocus(Qt::OtherFocusReason);
    });
    connect(m_ui->copyReport, &QPushButton::clicked, this, &DecodePane::copyReport);
    connect(m_batch, &BatchView::credentialChosen, this, [this](const Secret& credential) {
        setPastedText(textOfUtf8(credential.reveal()));
        m_ui->pages->setCurrentWidget(m_ui->right);
    });
    connect(m_batch, &BatchView::closed, this, [this] {
        m_batch->clear();
        m_ui->pages->setCurrentWidget(m_ui->right);
        focusPaste();
    });
    connect(m_batch, &BatchView::exportWanted, this, [this] {
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Export CSV"), QStringLiteral("credentials.csv"), tr("CSV (*.csv)"));
        if (!path.isEmpty())
            exportBatch(path);
    });
}

void DecodePane::setPastedText(const QString& text) {
    m_ui->paste->setContent(text);
}

void DecodePane::focusPaste() {
    m_ui->paste->setFocus(Qt::OtherFocusReason);
}

void DecodePane::setSecretTimes(const SecretTimes& times) {
    m_times = times;
    m_ui->fields->setRevealTime(times.shown);
    m_ui->fields->setClipboardTime(times.onClipboard);
}

void DecodePane::inspect() {
    const QByteArray content = m_ui->paste->content();
    m_empty = content.trimmed().isEmpty();
    m_report = m_empty ? TokenReport() : inspectToken(content);
    m_check->setReport(m_report);
    m_ui->pages->setCurrentWidget(m_ui->right);
    showReport();
    offerBatch(content);
}

// Two are enough to know that there are several, and the beginning tells; the rest is looked at when it is
// asked for.
void DecodePane::offerBatch(const QByteArray& content) {
    constexpr qsizetype beginning = 256 * 1024;
    BatchReader reader(content.left(beginning));
    const bool several = !m_empty && reader.next() && reader.next();
    m_ui->showAll->setVisible(several);
}

void DecodePane::openFile(const QString& path) {
    const Result<QByteArray> text = m_workbench.readUserFile(path, largestFile);
    if (!text) {
        Q_EMIT said(text.error().message);
        return;
    }
    showBatch(*text);
    Q_EMIT said(tr("Opened: %1").arg(QFileInfo(path).fileName()));
}

void DecodePane::showBatch(const QByteArray& text) {
    m_ui->pages->setCurrentWidget(m_batch);
    m_batch->setText(text);
    m_batch->setFocus(Qt::OtherFocusReason);
}

void DecodePane::exportBatch(const QString& path) {
    const Result<void> written = m_workbench.writeUserFile(path, m_batch->csv());
    Q_EMIT said(written ? tr("Exported without secrets: %1").arg(path) : written.error().message);
}

void DecodePane::copyReport() {
    const Result<QString> text = safeReport(m_report);
    if (text)
        copyText(m_share.shown(*text));
    Q_EMIT said(text ? tr("The report is on the clipboard; it holds no secret.")
                     : text.error().message + QLatin1Char(' ') + text.error().fix);
}

void DecodePane::showReport() {
    m_ui->headline->setText(m_empty
                                ? tr("Nothing pasted yet")
                                : withVisibleChips(m_share.shown(m_report.headline.left(longestHeadline))));
    m_ui->fields->setFields(shownReport().fields);
    m_ui->fields->setVisible(!m_report.fields.empty());
    m_ui->forms->setVisible(m_empty);
    m_ui->copyReport->setEnabled(!m_empty);
    m_ui->compare->setEnabled(!m_empty || m_ui->compare->isChecked());
    m_ui->clear->setEnabled(!m_ui->paste->content().isEmpty());
    showEdit();
    showBadges();
    showLayers();
    showFindings();
    showComparison();
}

// A token that loses a field may well be paid by somebody else, so the button itself says what goes.
void DecodePane::showEdit() {
    const QString remark = editLosses(m_report);
    const QString names =
        remark.isEmpty() ? QString() : withVisibleChips(listedShortly(fieldsLostByEditing(m_report)));
    m_ui->edit->setEnabled(m_report.parsed.has_value());
    // Buttons take `&` for the sign of a mnemonic.
    m_ui->edit->setText(names.isEmpty() ? m_editText
                                        : tr("Edit without %1")
                                              .arg(m_share.shown(names))
                                              .replace(QLatin1Char('&'), QStringLiteral("&&")));
    const QString reason =
        m_report.parsed ? remark
        : m_empty       ? tr("Paste a token or a key first.")
                  : tr("Only a token or key that can be read whole, and whose fields fit the form, can be "
                       "edited.");
    m_ui->edit->setToolTip(reason.isEmpty() ? QString() : plainToolTip(m_share.shown(reason)));
    m_ui->edit->setAccessibleDescription(m_share.shown(reason));
    m_editRemark->setText(withVisibleChips(m_share.shown(remark)));
    m_editRemark->setVisible(!remark.isEmpty());
}

void DecodePane::addBadge(const QString& name, const QString& text, Tone tone) {
    auto* badge = new QLabel(text, m_ui->badges);
    badge->setObjectName(name);
    badge->setTextFormat(Qt::PlainText);
    setTextRole(badge, TextRole::Chip);
    setTone(badge, tone);
    m_ui->badges->layout()->addWidget(badge);
}

void DecodePane::showBadges() {
    qDeleteAll(m_ui->badges->findChildren<QLabel*>());
    m_ui->badges->setHidden(m_empty);
    if (m_empty)
        return;
    addBadge(QStringLiteral("usableBadge"), m_report.usable ? tr("✓ usable") : tr("✕ not usable"),
             m_report.usable ? Tone::Good : Tone::Bad);
    addBadge(QStringLiteral("kindBadge"), wordOf(kindName(m_report.kind)), Tone::Quiet);
    if (m_report.mode == Mode::Live)
        addBadge(QStringLiteral("modeBadge"), tr("● LIVE: real money"), Tone::Bad);
    else if (m_report.mode == Mode::Test)
        addBadge(QStringLiteral("modeBadge"), tr("○ test"), Tone::Good);
    if (!m_report.host.isEmpty())
        addBadge(QStringLiteral("hostBadge"),
                 tr("for %1").arg(QString(m_report.host).remove(QStringLiteral("https://"))), Tone::Quiet);
    if (m_report.payer != Payer::Unknown)
        addBadge(QStringLiteral("payerBadge"), tr("pays: %1").arg(wordOf(payerName(m_report.payer))),
                 Tone::Quiet);
}

void DecodePane::showLayers() {
    QStringList lines;
    if (!m_report.layers.isEmpty())
        lines += tr("Peeled off, in this order: %1").arg(spaced(joined(m_report.layers)));
    if (!m_report.unknownFields.isEmpty())
        lines += tr("Fields that the gateway does not know: %1").arg(joined(m_report.unknownFields));
    m_ui->layers->setText(m_share.shown(lines.join(QLatin1Char('\n'))));
    m_ui->layers->setHidden(lines.isEmpty());
}

void DecodePane::showFindings() {
    m_ui->findings->setReport(m_report, m_share);
    m_ui->findings->setVisible(!m_empty && !m_report.findings.empty());
    m_ui->findingsTitle->setVisible(!m_empty);
    const bool more = m_report.findings.size() > FindingsTable::mostShown;
    m_ui->findingsTitle->setText(
        m_report.findings.empty() ? tr("Nothing to remark")
        : more
            ? tr("Findings: the first %1 of %2").arg(FindingsTable::mostShown).arg(m_report.findings.size())
            : tr("Findings"));
}

// While others see the screen no secret can be revealed, and none shows its last characters.
TokenFieldReport DecodePane::shownField(TokenFieldReport field) const {
    if (!m_share.isOn())
        return field;
    field.masked = m_share.shown(field.masked);
    field.secret = {};
    return field;
}

TokenReport DecodePane::shownReport() const {
    TokenReport shown = m_report;
    for (TokenFieldReport& field : shown.fields)
        field = shownField(field);
    return shown;
}

void DecodePane::showComparison() {
    const bool on = m_ui->compare->isChecked();
    const QByteArray other = m_ui->other->content();
    const bool hasBoth = on && !m_empty && !other.trimmed().isEmpty();
    m_ui->otherTitle->setVisible(on);
    m_ui->other->setVisible(on);
    m_ui->comparisonHeadline->setVisible(on);
    m_ui->comparison->setVisible(hasBoth);
    if (!hasBoth) {
        m_ui->comparisonHeadline->setText(tr("Paste the other one below the first."));
        return;
    }
    TokenComparison comparison = compareTokens(m_report, inspectToken(other));
    m_ui->comparisonHeadline->setText(withVisibleChips(m_share.shown(comparison.headline)));
    for (ComparedField& field : comparison.fields) {
        field.left = shownField(field.left);
        field.right = shownField(field.right);
    }
    m_ui->comparison->setComparison(comparison);
}

} // namespace lavascope
