namespace Lading.Engines;

/// <summary>What an engine made.</summary>
/// <param name="Path">A folder or file.</param>
/// <param name="Form">What is there.</param>
internal sealed record BuiltOutput(string Path, BuiltForm Form);
