namespace Lading.Oci;

/// <summary>The value <c>{}</c>, which image configurations use for the members of a set.</summary>
internal sealed record EmptyObject;
