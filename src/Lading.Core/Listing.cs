namespace Lading;

/// <summary>Names in a sentence, shortened if there are many.</summary>
internal static class Listing
{
    /// <summary>The first names, and the number of the others: <c>a, b and 3 more</c>.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">The maximum number of names.</param>
    public static string Of(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");
}
