using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>Who may use a registry: names and secrets. The same pair is a user and password to <c>docker login</c>, and an access key and its secret to AWS's tools.</summary>
/// <param name="Secrets">The secret of each name; empty where anybody may.</param>
internal sealed record RegistryLogins(IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>Anybody may.</summary>
    public static RegistryLogins None { get; } = new(new Dictionary<string, string>());

    public bool AreNeeded => Secrets.Count > 0;

    /// <summary>Reads lines of <c>name:secret</c>; those that are empty or begin with <c>#</c> say nothing.</summary>
    /// <exception cref="FormatException">A line is another thing; the message does not repeat it.</exception>
    public static RegistryLogins Parse(string text)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == line.Length - 1 || line[..colon] is LoginCheck.AwsUser)
            {
                throw new FormatException(
                    $"Line {number} is not name:secret, or its name is {LoginCheck.AwsUser}, which is ECR's own."
                );
            }

            if (!secrets.TryAdd(line[..colon], line[(colon + 1)..]))
            {
                throw new FormatException($"Line {number} repeats a name of an earlier line: each name is given once.");
            }
        }

        return secrets.Count > 0
            ? new RegistryLogins(secrets)
            : throw new FormatException("There is no line name:secret in it.");
    }

    /// <summary>A key that every server with the same logins has, and nobody else.</summary>
    public byte[] Key() =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    Secrets
                        .OrderBy(login => login.Key, StringComparer.Ordinal)
                        .Select(login => $"{login.Key}:{login.Value}")
                )
            )
        );

    /// <summary>Says nothing of the secrets: it may come into a message.</summary>
    public override string ToString() => $"{Secrets.Count} logins";
}
