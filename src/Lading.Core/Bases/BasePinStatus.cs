using Lading.Oci;

namespace Lading.Bases;

/// <summary>The state of a base's pin, compared with its registry.</summary>
/// <param name="Use">The base.</param>
/// <param name="State">The state of its pin.</param>
internal sealed record BasePinStatus(BaseDependency Use, BaseState State)
{
    /// <summary>The digest of the reference in its registry now; null if that was not requested, or is unknown.</summary>
    public Digest? Current { get; init; }

    /// <summary>When the pinned image was created; null if it has no date, or that was not requested.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the current image was created; null for the same reasons, or if it is the pinned one.</summary>
    public DateTimeOffset? CurrentCreated { get; init; }

    /// <summary>Why the registry could not be queried; null if it could.</summary>
    public LadingException? Failure { get; init; }

    /// <summary>Whether tomorrow's builds use the same base as today's, and it is the current one.</summary>
    public bool Holds => State is BaseState.Current or BaseState.Fixed;
}
