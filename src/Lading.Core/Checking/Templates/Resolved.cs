namespace Lading.Checking.Templates;

/// <summary>What a value of a template comes to before it is deployed: a text, or why nobody can say yet.</summary>
/// <param name="Text">Null if it is unknown.</param>
/// <param name="Reason">Why it is unknown, as part of a sentence; empty if it is known.</param>
internal readonly record struct Resolved(string? Text, string Reason)
{
    public static Resolved To(string text) => new(text, "");

    public static Resolved Unknown(string reason) => new(null, reason);

    /// <summary>All texts in a row; unknown where one of them is.</summary>
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
