using Lading.Configuration;

namespace Lading.Bases;

/// <summary>The pin that a base would have now.</summary>
/// <param name="Use">The base, with the pin that it has.</param>
/// <param name="Pin">Null if its registry could not say.</param>
/// <param name="Created">When the image was made; null if it does not say so.</param>
/// <param name="Failure">Why its registry could not say.</param>
internal sealed record ResolvedPin(BaseUse Use, BasePin? Pin, DateTimeOffset? Created, LadingException? Failure)
{
    /// <summary>Whether the pin is another one than there is.</summary>
    public bool IsChange => Pin is not null && Pin != Use.Pin;
}
