using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lading.Aws;

/// <summary>The certificate authorities that connections to AWS trust instead of the system's: <c>AWS_CA_BUNDLE</c>, <c>ca_bundle</c>.</summary>
internal static class TrustedAuthorities
{
    /// <summary>What to do if a certificate is not trusted.</summary>
    public const string Remedy =
        "Its certificate is not trusted here: name the certificates of your proxy or organization in AWS_CA_BUNDLE, or in \"ca_bundle\" of the profile.";

    /// <summary>The configured authorities; null for the system's.</summary>
    /// <exception cref="LadingException">The file does not exist, or has no certificates.</exception>
    public static X509Certificate2Collection? Find(AwsSettings settings)
    {
        if (settings.Setting("AWS_CA_BUNDLE", "ca_bundle") is not { } path)
        {
            return null;
        }

        var origin = settings.Variable("AWS_CA_BUNDLE") is null ? "ca_bundle of the profile" : "AWS_CA_BUNDLE";
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Refused(settings, $"{origin} names {path}: {e.Message.TrimEnd('.')}");
        }

        return authorities.Count > 0
            ? authorities
            : throw Refused(settings, $"{origin} names {path}, which holds no certificates");
    }

    private static LadingException Refused(AwsSettings settings, string cameBack) =>
        LadingException.Usage(
            $"Could not reach AWS for {settings.Subject}",
            cameBack,
            "Name a file of certificates in PEM form, or unset it: the system's are trusted then."
        );
}
