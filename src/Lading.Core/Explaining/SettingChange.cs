namespace Lading.Explaining;

/// <summary>Something in the definition of an image that differs.</summary>
/// <param name="Name">Such as <c>platforms</c>, <c>args.CONFIGURATION</c>.</param>
/// <param name="Before">Null if it was not there.</param>
/// <param name="After">Null if it is no longer there.</param>
internal sealed record SettingChange(string Name, string? Before, string? After);
