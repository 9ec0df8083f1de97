// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

namespace lavascope::json {

/// One pass of a Document over its source: fills the Document's nodes and says where the text stops being
/// JSON.
class Scanner {
public:
    explicit Scanner(Document& document);

    [[nodiscard]] std::optional<Fault> run();

private:
    enum class Expect { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd, Nothing };

    [[nodiscard]] bool step();
    [[nodiscard]] bool takeValue();
    [[nodiscard]] bool takeString(bool& escaped);
    [[nodiscard]] bool takeEscape();
    [[nodiscard]] bool takeUtf8();
    [[nodiscard]] bool takeNumber();
    [[nodiscard]] bool takeWord(QByteArrayView word);
    [[nodiscard]] bool takeDigits();
    void open(Kind kind);
    void close();
    void add(Kind kind, uint32_t begin, bool escaped);
    void afterValue();
    void skipWhiteSpace();
    void closeWhatIsOpen();

    [[nodiscard]] bool atEnd() const { return m_at >= m_source.size(); }
    [[nodiscard]] uint8_t byte() const { return uint8_t(m_source[m_at]); }
    [[nodiscard]] bool fault(const QString& message);
    [[nodiscard]] bool faultExpecting(const QString& what);

    Document& m_document;
    QByteArrayView m_source;
    qsizetype m_at = 0;
    Expect m_expect = Expect::Value;
    uint32_t m_nameBegin = 0;
    uint32_t m_nameEnd = 0;
    bool m_nameEscaped = false;
    std::optional<Fault> m_fault;
};

} // namespace lavascope::json
