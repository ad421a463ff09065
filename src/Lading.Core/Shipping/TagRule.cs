namespace Lading.Shipping;

/// <summary>What is done where a tag that is to be put stands on another digest already.</summary>
internal enum TagRule
{
    /// <summary>It moves, where the registry lets it.</summary>
    Move,

    /// <summary>It stays, and that is an error.</summary>
    Keep,

    /// <summary>It stays, and what it stands on is taken for what was to be put: both were made of the same inputs.</summary>
    Adopt,
}
