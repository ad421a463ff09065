using System.Xml.Linq;

namespace Lading.Aws.Protocols;

/// <summary>An element of a response in the query protocol; names are read without their namespace.</summary>
internal readonly record struct QueryAnswer(XElement Element)
{
    /// <summary>A child; null if there is none.</summary>
    public QueryAnswer? Find(string name) =>
        Element.Elements().FirstOrDefault(child => child.Name.LocalName == name) is { } found
            ? new QueryAnswer(found)
            : null;

    /// <summary>The text of a child; null if there is none.</summary>
    public string? FindText(string name) => Find(name)?.Element.Value;

    /// <exception cref="KeyNotFoundException">The child does not exist.</exception>
    public string GetText(string name) => FindText(name) ?? throw new KeyNotFoundException($"there is no {name}");

    /// <summary>The members of a list; empty if there is none.</summary>
    public IReadOnlyList<QueryAnswer> Members(string name) =>
        Find(name) is { } list
            ?
            [
                .. list
                    .Element.Elements()
                    .Where(each => each.Name.LocalName == "member")
                    .Select(each => new QueryAnswer(each)),
            ]
            : [];
}
