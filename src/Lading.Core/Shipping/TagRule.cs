namespace Lading.Shipping;

/// <summary>What to do if the tag already points to another digest.</summary>
internal enum TagRule
{
    /// <summary>It moves, if the registry allows it.</summary>
    Move,

    /// <summary>It stays, and that is an error.</summary>
    Keep,

    /// <summary>It stays, and its image is used instead: both have the same inputs.</summary>
    Adopt,
}
