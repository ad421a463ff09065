namespace Lading;

/// <summary>The ids of AWS accounts.</summary>
internal static class AccountId
{
    /// <summary>Whether a text is an account id: 12 digits.</summary>
    public static bool Is(string? text) => text is { Length: 12 } && text.All(char.IsAsciiDigit);
}
