using System.Globalization;
using System.Text.Json;

namespace Lading.Configuration.Json;

/// <summary>
/// A value of a document and its path. Each method returns the value, or records a problem and returns an empty one; values are used
/// only if no problem was recorded.
/// </summary>
/// <param name="Node">The value.</param>
/// <param name="Path">Such as <c>images.web.platforms[0]</c>.</param>
/// <param name="KeyStart">The offset in bytes of its key, or of the item itself in a list.</param>
/// <param name="Problems">Collects problems.</param>
internal sealed record Field(Node Node, string Path, int KeyStart, Problems Problems)
{
    /// <summary>Its name in messages.</summary>
    public string Subject => Path.Length == 0 ? "the file" : Path;

    /// <summary>A non-empty string.</summary>
    public string Text()
    {
        var text = AnyText();
        if (text.Length == 0 && Node.Kind == JsonValueKind.String)
        {
            Reject("is empty");
        }

        return text;
    }

    /// <summary>A string, possibly empty.</summary>
    public string AnyText() => IsOfKind(JsonValueKind.String, "text", "Put it in quotes.") ? Node.Text : "";

    /// <summary>Text in a given format.</summary>
    /// <param name="isValid">Checks the format.</param>
    /// <param name="expected">The format in words: <c>12 digits</c>.</param>
    public string Text(Predicate<string> isValid, string expected)
    {
        var text = Text();
        if (text.Length > 0 && !isValid(text))
        {
            RejectText($"Expected {expected}.");
        }

        return text;
    }

    /// <summary>One of several words.</summary>
    public string Choice(params IReadOnlyList<string> choices)
    {
        var text = Text();
        if (text.Length > 0 && !choices.Contains(text, StringComparer.Ordinal))
        {
            RejectText(Suggestions.Choose(text, choices));
        }

        return text;
    }

    public bool Truth()
    {
        if (Node.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            RejectKind("true or false", "");
        }

        return Node.Kind == JsonValueKind.True;
    }

    /// <summary>A non-negative integer.</summary>
    public int Count()
    {
        if (!IsOfKind(JsonValueKind.Number, "a whole number", "Write it without quotes."))
        {
            return 0;
        }

        if (!int.TryParse(Node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Reject($"is {Node.Text}", $"Expected a whole number from 0 to {int.MaxValue}.");
        }

        return number;
    }

    public IReadOnlyList<Field> List() =>
        IsOfKind(JsonValueKind.Array, "a list", Node.Kind == JsonValueKind.String ? $"Write [\"{Node.Text}\"]." : "")
            ? [.. Node.Items.Select((item, i) => new Field(item, $"{Path}[{i}]", item.Start, Problems))]
            : [];

    /// <summary>A list of distinct strings.</summary>
    public IReadOnlyList<string> DistinctTexts(Func<Field, string> read)
    {
        var seen = new List<string>();
        foreach (var item in List())
        {
            var text = read(item);
            if (text.Length > 0 && seen.Contains(text, StringComparer.Ordinal))
            {
                item.Reject($"lists {text} twice");
            }

            seen.Add(text);
        }

        return seen;
    }

    /// <summary>An object with known keys.</summary>
    /// <param name="what">What it describes: <c>an environment</c>.</param>
    public FieldSet Object(string what) =>
        new(this, what, IsOfKind(JsonValueKind.Object, "an object", "Write { … }.") ? Node.Members : []);

    /// <summary>An object whose keys are names that the user chooses.</summary>
    public IReadOnlyList<NamedField> Entries() =>
        IsOfKind(JsonValueKind.Object, "an object", "Write { … }.") ? FieldSet.Distinct(this, Node.Members) : [];

    /// <summary>Records a problem with the value.</summary>
    /// <param name="cameBack">What is wrong, as the end of a sentence that begins with the path.</param>
    /// <param name="remedy">What to write instead, as whole sentences.</param>
    public void Reject(string cameBack, string remedy = "") =>
        Problems.Add(Node.Start, $"{Subject} {cameBack}", remedy);

    /// <summary>Records a problem with the key.</summary>
    public void RejectKey(string cameBack, string remedy = "") =>
        Problems.Add(KeyStart, $"{Subject} {cameBack}", remedy);

    /// <summary>Records that the string is not what was expected.</summary>
    public void RejectText(string remedy) =>
        Reject(
            CredentialShape.IsValue(Node.Text) ? "contains what looks like a credential" : $"is {Quote(Node.Text)}",
            remedy
        );

    public static string Quote(string text) => $"\"{text}\"";

    private bool IsOfKind(JsonValueKind kind, string expected, string remedy)
    {
        var holds = Node.Kind == kind;
        if (!holds)
        {
            RejectKind(expected, remedy);
        }

        return holds;
    }

    private void RejectKind(string expected, string remedy) =>
        Reject($"is {Node.Description}, but {expected} is expected", remedy);
}
