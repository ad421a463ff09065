namespace Lading.Context.Dockerfiles;

/// <summary>What a target is made from.</summary>
/// <param name="Stages">The stages, by their numbers, but for those that a named context stands in for.</param>
/// <param name="References">The images, as written once variables are replaced, and the line that names each first. Not <c>scratch</c>.</param>
/// <param name="Parents">For each stage on another its number; for each on <c>scratch</c> -1; none for what is on an image.</param>
/// <param name="Images">For each stage on an image the reference, where a single one is meant.</param>
internal sealed record Reach(
    IReadOnlyCollection<int> Stages,
    IReadOnlyDictionary<string, int> References,
    IReadOnlyDictionary<int, int> Parents,
    IReadOnlyDictionary<int, string> Images
)
{
    public const int Scratch = -1;
}
