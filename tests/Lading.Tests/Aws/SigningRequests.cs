using Amazon.Runtime;
using Lading.Aws;

namespace Lading.Tests.Aws;

/// <summary>
/// Signature Version 4, compared with the example in its documentation ("Examples of how to derive a signing key", IAM
/// ListUsers).
/// </summary>
public sealed class SigningRequests
{
    private static readonly ImmutableCredentials Keys = new(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        null
    );

    [Fact]
    public void A_GET_with_a_query_has_the_documented_signature()
    {
        var request = new AwsRequest(HttpMethod.Get, "/", "application/x-www-form-urlencoded; charset=utf-8", [])
        {
            Query = [new("Version", "2010-05-08"), new("Action", "ListUsers")],
        };

        using var message = Sign(request, new AwsService("iam", "IAM", "iam"), "https://iam.amazonaws.com/");

        Assert.Equal("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", message.RequestUri!.AbsoluteUri);
        Assert.EndsWith(
            "SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            message.Headers.GetValues("Authorization").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Sends_paths_below_the_endpoints_and_signs_them_escaped_once_more()
    {
        var request = new AwsRequest(HttpMethod.Get, "/2015-03-31/functions/a%3Ab", null, []);
        var root = new Uri("http://127.0.0.1:5000/base/");

        Assert.Equal("http://127.0.0.1:5000/base/2015-03-31/functions/a%3Ab", request.AddressAt(root).AbsoluteUri);
        Assert.Equal("/base/2015-03-31/functions/a%253Ab", request.CanonicalPath(root));
        Assert.Equal("/", new AwsRequest(HttpMethod.Post, "/", null, []).CanonicalPath(new Uri("https://a.example/")));
    }

    private static HttpRequestMessage Sign(AwsRequest request, AwsService service, string root) =>
        AwsSignature.Sign(
            request,
            service,
            new Uri(root),
            "us-east-1",
            Keys,
            new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero)
        );
}
