namespace Lading.Server.Access;

/// <summary>An error in the signature of a call.</summary>
/// <param name="Code">Its code in the JSON protocol.</param>
/// <param name="QueryCode">Its code in the query protocol.</param>
/// <param name="Message">The error in words.</param>
internal sealed record SignatureFault(string Code, string QueryCode, string Message)
{
    public static SignatureFault Missing { get; } =
        new("MissingAuthenticationTokenException", "MissingAuthenticationToken", "The request is not signed.");

    public static SignatureFault UnknownKey { get; } =
        new(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "The security token included in the request is invalid."
        );

    public static SignatureFault Wrong { get; } =
        new(
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided."
        );

    /// <summary>The scope of the credentials does not match the call.</summary>
    public static SignatureFault Scoped(string message) =>
        new("InvalidSignatureException", "SignatureDoesNotMatch", message);

    public static SignatureFault Skewed { get; } =
        new(
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "Signature expired: the time of the request is not that of the registry."
        );
}
