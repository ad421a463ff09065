using Lading.Configuration;

namespace Lading.Bases;

/// <summary>The current pin of a base.</summary>
/// <param name="Use">The base, with its existing pin.</param>
/// <param name="Pin">Null if its registry failed.</param>
/// <param name="Created">When the image was created; null if it has no date.</param>
/// <param name="Failure">Why its registry failed; null if it did not.</param>
internal sealed record ResolvedPin(BaseDependency Use, BasePin? Pin, DateTimeOffset? Created, LadingException? Failure)
{
    /// <summary>Whether the pin differs from the existing one.</summary>
    public bool IsChange => Pin is not null && Pin != Use.Pin;
}
