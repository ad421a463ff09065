namespace Lading;

/// <summary>Names in a sentence, of which there may be more than one wants to read.</summary>
internal static class Listing
{
    /// <summary>The first ones, and how many more there are: <c>a, b and 3 more</c>.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many are named.</param>
    public static string Of(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");
}
