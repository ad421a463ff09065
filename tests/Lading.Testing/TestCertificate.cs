using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lading.Testing;

/// <summary>Self-signed certificates for test servers.</summary>
internal static class TestCertificate
{
    /// <param name="address">The address that it is for.</param>
    /// <param name="until">How long it is valid from now; negative for an expired one.</param>
    public static X509Certificate2 Create(IPAddress address, TimeSpan until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=a registry of a test",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now - TimeSpan.FromDays(30), now + until);
        // Only a key that was loaded from PKCS #12 works with servers on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
