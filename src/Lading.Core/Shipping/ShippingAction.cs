namespace Lading.Shipping;

/// <summary>What publishing does about an image.</summary>
internal enum ShippingAction
{
    /// <summary>It is in the registry: nothing is built or sent.</summary>
    Reuse,

    /// <summary>It is in the registry under the identity of an older version of the rules, made from the same inputs: it gets the new tag.</summary>
    Adopt,

    /// <summary>It is built from its inputs, by an engine or in process, and pushed.</summary>
    Build,

    /// <summary>It is copied by digest from where it is already.</summary>
    Copy,
}
