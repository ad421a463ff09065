namespace Lading.Configuration.Json;

/// <summary>A key of an object and its value.</summary>
/// <param name="Key">The key, unescaped.</param>
/// <param name="Start">The offset in bytes of the key's opening quote.</param>
/// <param name="Value">The value.</param>
internal sealed record Member(string Key, int Start, Node Value);
