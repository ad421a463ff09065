using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>
/// The logins of a registry: names and secrets. The same pair is a user and password for <c>docker login</c>, and an access key and its
/// secret for AWS tools.
/// </summary>
/// <param name="Secrets">The secret of each name; empty if no login is needed.</param>
internal sealed record RegistryLogins(IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>No login is needed.</summary>
    public static RegistryLogins None { get; } = new(new Dictionary<string, string>());

    public bool AreNeeded => Secrets.Count > 0;

    /// <summary>Parses lines of <c>name:secret</c>; empty lines and those that begin with <c>#</c> are ignored.</summary>
    /// <exception cref="FormatException">A line is malformed; the message does not repeat it.</exception>
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
            : throw new FormatException("It has no line name:secret.");
    }

    /// <summary>Reads a file of logins.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="shown">The path to show in errors.</param>
    /// <exception cref="LadingException">It cannot be read, or a line is malformed.</exception>
    public static RegistryLogins Read(string path, string shown)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw LadingException.Usage(
                $"Could not read the logins of {shown}",
                e.Message.TrimEnd('.'),
                "Write a line name:secret for everybody who may use the registry."
            );
        }
    }

    /// <summary>A key that only servers with the same logins have.</summary>
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

    /// <summary>Without the secrets, since it may end up in a message.</summary>
    public override string ToString() => $"{Secrets.Count} logins";
}
