namespace Lading.Shipping;

/// <summary>What to do if the tag already points to another digest.</summary>
internal enum TagRule
{
    /// <summary>It moves, where the registry lets it.</summary>
    Move,

    /// <summary>It stays, and that is an error.</summary>
    Keep,

    /// <summary>It stays, and its image is used instead: both were made from the same inputs.</summary>
    Adopt,
}
