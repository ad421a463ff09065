namespace Lading.Fingerprints;

/// <summary>Something about the build of an image that is likely not what was meant.</summary>
/// <param name="Image">The image's name.</param>
/// <param name="Dockerfile">The Dockerfile, from the top of the repository; null if it is not one of its lines.</param>
/// <param name="Line">The line of the Dockerfile, from 1; null if it is not one of its lines.</param>
/// <param name="Text">One or more sentences.</param>
internal sealed record BuildNote(string Image, string? Dockerfile, int? Line, string Text)
{
    /// <summary><c>web: src/web/Dockerfile line 2: …</c></summary>
    public override string ToString() =>
        Line is { } line ? $"{Image}: {Dockerfile} line {line}: {Text}" : $"{Image}: {Text}";
}
