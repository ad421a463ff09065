using Lading.Oci;

namespace Lading.Bases;

/// <summary>A base, and what its registry says of it.</summary>
/// <param name="Use">The base.</param>
/// <param name="State">How its pin stands.</param>
internal sealed record BaseStanding(BaseUse Use, BaseState State)
{
    /// <summary>The digest that the reference has in its registry now; null if that was not asked, or is not known.</summary>
    public Digest? Current { get; init; }

    /// <summary>When what is pinned was made; null if it does not say so, or was not asked.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the image that the reference names now was made; null likewise, and where that is the same.</summary>
    public DateTimeOffset? CurrentCreated { get; init; }

    /// <summary>Why it could not be asked; null if it was.</summary>
    public LadingException? Failure { get; init; }

    /// <summary>Whether what is built tomorrow is built on the same as today, and on what is current.</summary>
    public bool Holds => State is BaseState.Current or BaseState.Fixed;
}
