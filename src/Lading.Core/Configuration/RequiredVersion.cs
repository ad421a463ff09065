using System.Globalization;

namespace Lading.Configuration;

/// <summary>The oldest version of Lading that a project accepts: <c>"lading": ">=0.2"</c> in <c>lading.json</c>.</summary>
/// <param name="Oldest">Two or three numbers.</param>
internal sealed record RequiredVersion(Version Oldest)
{
    private const string Prefix = ">=";

    /// <summary>Parses <c>>=0.2</c> or <c>>=0.2.1</c>.</summary>
    public static bool TryParse(string text, out RequiredVersion? required)
    {
        var number = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Trim(' ') : "";
        var parts = number.Split('.');
        required =
            parts.Length is 2 or 3 && Array.TrueForAll(parts, IsNumber)
                ? new RequiredVersion(Version.Parse(number))
                : null;
        return required is not null;
    }

    /// <summary>Whether a program is new enough.</summary>
    public bool IsMetBy(Version program) =>
        new Version(program.Major, program.Minor, Math.Max(0, program.Build)) >= Oldest;

    public override string ToString() => $"{Prefix}{Oldest}";

    private static bool IsNumber(string part) =>
        part.Length is > 0 and <= 5
        && part.All(char.IsAsciiDigit)
        && (part.Length == 1 || part[0] != '0')
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
