// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/json/writer.h"

#include <QString>

#include <vector>

namespace lavascope {

/// The arguments of a call that come in pieces, each with the path at which it belongs, as Vertex streams
/// them.
class PartialArguments {
public:
    /// One of `partialArgs`. False if its path is none, or deeper or wider than arguments are.
    [[nodiscard]] bool take(const json::View& piece);
    [[nodiscard]] QByteArray json() const;

private:
    /// A value in the tree. What it is shows when its first piece or its first child comes.
    struct Node {
        enum class Kind { Empty, Object, Array, Text, Raw };
        Kind kind = Kind::Empty;
        QString name; ///< in an object
        QString text; ///< strings grow by being appended to
        QByteArray raw;
        std::vector<size_t> children;
    };
    struct Step {
        bool isIndex = false;
        qsizetype index = 0;
        QString name;
    };

    [[nodiscard]] static std::optional<std::vector<Step>> stepsOf(const QString& path);
    [[nodiscard]] std::optional<size_t> child(size_t parent, const Step& step);
    void write(size_t node, json::Writer& writer) const;

    std::vector<Node> m_nodes = {Node{Node::Kind::Object, {}, {}, {}, {}}};
};

} // namespace lavascope
