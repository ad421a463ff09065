namespace Lading.Shipping;

/// <summary>What to do if the tag already points to another digest.</summary>
internal enum TagRule
{
    /// <summary>The tag is moved, if the registry allows it.</summary>
    Move,

    /// <summary>The tag stays, and the operation fails.</summary>
    Keep,

    /// <summary>The tag stays, and its image is used instead: both images have the same inputs.</summary>
    Adopt,
}
