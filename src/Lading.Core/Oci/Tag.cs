namespace Lading.Oci;

/// <summary>A tag: at most 128 letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, not beginning with the last two (distribution-spec 1.1).</summary>
internal readonly record struct Tag
{
    private Tag(string name) => Name = name;

    public string Name { get; }

    /// <exception cref="FormatException">The text is not a tag.</exception>
    public static Tag Parse(string text) =>
        TryParse(text, out var tag)
            ? tag
            : throw new FormatException(
                $"'{text}' is not a tag: expected at most 128 letters, digits, '_', '.', '-', not beginning with '.' or '-'."
            );

    public static bool TryParse(string? text, out Tag tag)
    {
        var valid = text is { Length: > 0 and <= 128 } && text[0] is not ('.' or '-') && text.All(IsCharacter);
        tag = valid ? new Tag(text!) : default;
        return valid;
    }

    public override string ToString() => Name ?? "";

    private static bool IsCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
