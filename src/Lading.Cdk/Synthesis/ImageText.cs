namespace Lading.Cdk.Synthesis;

/// <summary>Images in resolved properties, as text in which parts that are known only at deployment stay <c>${…}</c>.</summary>
internal static class ImageText
{
    /// <summary>The text of one value; null if it is unknown.</summary>
    public static string? Of(object? resolved) =>
        resolved switch
        {
            string text => text,
            IDictionary<string, object> { Count: 1 } function => function.First() switch
            {
                ("Fn::Join", object[] and [string separator, object[] parts]) => string.Join(
                    separator,
                    parts.Select(part => Of(part) ?? "${…}")
                ),
                ("Fn::Sub", string text) => text,
                ("Fn::Sub", object[] and [string text, ..]) => text,
                _ => null,
            },
            _ => null,
        };

    /// <summary>Every image in a property, with the name beside it.</summary>
    public static IEnumerable<(string? Name, string? Image)> Within(object? resolved) =>
        resolved switch
        {
            IDictionary<string, object> map => map.SelectMany(pair =>
                pair.Key is "image" or "imageUri" or "imageIdentifier"
                    ? [(map.TryGetValue("name", out var name) ? name as string : null, Of(pair.Value))]
                    : Within(pair.Value)
            ),
            object[] list => list.SelectMany(Within),
            _ => [],
        };
}
