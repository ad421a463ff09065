namespace Lading.Context.Dockerfiles;

/// <summary>What a target is made from.</summary>
/// <param name="Stages">The stages, by their numbers.</param>
/// <param name="References">The images, as written once variables are replaced. Not <c>scratch</c>.</param>
internal sealed record Reach(IReadOnlySet<int> Stages, IReadOnlySet<string> References);
