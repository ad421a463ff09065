namespace Lading.Registry.Credentials;

/// <summary>A login: a name and a password, or a token in their place.</summary>
internal sealed record RegistryLogin
{
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>A refresh token of the registry's token service; null for none.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>Hides its value, which could end up in a message.</summary>
    public override string ToString() => "login";
}
