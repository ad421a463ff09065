namespace Lading.Checking.Templates;

/// <summary>The value of an expression before the deployment: a string, or why it is unknown.</summary>
/// <param name="Text">Null if it is unknown.</param>
/// <param name="Reason">Why it is unknown, as part of a sentence; empty if it is known.</param>
internal readonly record struct Resolved(string? Text, string Reason)
{
    public static Resolved To(string text) => new(text, "");

    public static Resolved Unknown(string reason) => new(null, reason);

    /// <summary>The concatenation of all; unknown if one of them is.</summary>
    public static Resolved Concat(IEnumerable<Resolved> parts, string separator = "")
    {
        var texts = new List<string>();
        foreach (var part in parts)
        {
            if (part.Text is null)
            {
                return part;
            }

            texts.Add(part.Text);
        }

        return To(string.Join(separator, texts));
    }
}
