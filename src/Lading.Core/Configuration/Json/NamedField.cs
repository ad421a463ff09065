namespace Lading.Configuration.Json;

/// <summary>A value and its key. A class, since what generic code makes of a class is compiled ahead of time.</summary>
internal sealed record NamedField(string Name, Field Value);
