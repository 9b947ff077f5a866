package deploy

import (
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucketStore is a bucket of a store with the S3 interface.
type bucketStore struct {
	client *minio.Client
	target Target
	lines  *http.Transport
	count  atomic.Int64
}

// RoundTrip counts the requests.
func (s *bucketStore) RoundTrip(r *http.Request) (*http.Response, error) {
	s.count.Add(1)
	return s.lines.RoundTrip(r)
}

// openBucket finds the credentials where other programs look for them too.
func openBucket(_ context.Context, opt Options) (store, error) {
	t := opt.Target
	s := &bucketStore{target: t, lines: http.DefaultTransport.(*http.Transport).Clone()}
	s.lines.DialContext = opt.dial
	endpoint, secure := "s3.amazonaws.com", true
	region := cmp.Or(t.Region, opt.Getenv("AWS_REGION"), opt.Getenv("AWS_DEFAULT_REGION"))
	if t.Endpoint != "" {
		u, err := url.Parse(t.Endpoint)
		if err != nil {
			return nil, err
		}
		endpoint, secure = u.Host, u.Scheme == "https"
		region = cmp.Or(region, "us-east-1") // else each deploy would ask for it
	}
	file := opt.Getenv("AWS_SHARED_CREDENTIALS_FILE")
	if file == "" {
		file = filepath.Join(home(opt.Getenv), ".aws", "credentials")
	}
	providers := []credentials.Provider{
		&credentials.Static{Value: credentials.Value{
			AccessKeyID: opt.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: opt.Getenv("AWS_SECRET_ACCESS_KEY"),
			SessionToken: opt.Getenv("AWS_SESSION_TOKEN"), SignerType: credentials.SignatureV4,
		}},
	}
	if opt.Getenv("AWS_ACCESS_KEY_ID") == "" || opt.Getenv("AWS_SECRET_ACCESS_KEY") == "" {
		providers = []credentials.Provider{&credentials.FileAWSCredentials{Filename: file, Profile: cmp.Or(opt.Getenv("AWS_PROFILE"), "default")}}
		if _, err := os.Stat(file); err != nil {
			if t.Endpoint != "" {
				return nil, &Error{ID: "no-credentials"}
			}
			providers = []credentials.Provider{&credentials.IAM{Client: &http.Client{Timeout: 5 * time.Second}}} // of the machine itself
		}
	}
	creds := credentials.NewChainCredentials(providers)
	if v, err := creds.GetWithContext(nil); err != nil || v.AccessKeyID == "" || v.SecretAccessKey == "" { // asked as nobody, a store would tell of rights
		return nil, &Error{ID: "no-credentials"}
	}
	client, err := minio.New(endpoint, &minio.Options{
		Creds: creds, Secure: secure, Region: region,
		Transport: s, MaxRetries: 1, // we retry
	})
	s.client = client
	return s, err
}

// home returns the user's home folder: a service of the system may have none in its
// environment, and what lies in the current folder is not to be taken for it.
func home(getenv func(string) string) string {
	if dir := cmp.Or(getenv("HOME"), getenv("USERPROFILE")); dir != "" {
		return dir
	}
	if u, err := user.Current(); err == nil && filepath.IsAbs(u.HomeDir) {
		return u.HomeDir
	}
	return os.DevNull
}

func (s *bucketStore) hasHeaders() bool     { return true }
func (s *bucketStore) isAtomic() bool       { return true }
func (s *bucketStore) flush([]string) error { return nil } // what a store has answered, it keeps
func (s *bucketStore) requests() int64      { return s.count.Load() }

func (s *bucketStore) close() error {
	s.lines.CloseIdleConnections()
	return nil
}

// answerOf returns what the store answered, wherever in err that is.
func answerOf(err error) minio.ErrorResponse {
	r, _ := errors.AsType[minio.ErrorResponse](err)
	return r
}

// absent makes fs.ErrNotExist of the answer that there is no such key.
func absent(err error) error {
	if r := answerOf(err); r.Code == minio.NoSuchKey {
		return fs.ErrNotExist
	}
	return err
}

func (s *bucketStore) get(ctx context.Context, key string) ([]byte, error) {
	object, err := s.client.GetObject(ctx, s.target.Bucket, s.target.Prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, absent(err)
	}
	defer object.Close()
	data, err := io.ReadAll(object)
	return data, absent(err)
}

func (s *bucketStore) put(ctx context.Context, key string, f file) error {
	return s.putWith(ctx, key, f, minio.PutObjectOptions{})
}

func (s *bucketStore) putWith(ctx context.Context, key string, f file, opt minio.PutObjectOptions) error {
	src, err := f.open()
	if err != nil {
		return err
	}
	defer src.Close()
	opt.ContentType, opt.CacheControl = f.contentType, f.cacheControl
	opt.SendContentMd5, opt.DisableMultipart = true, f.size < 1<<30
	_, err = s.client.PutObject(ctx, s.target.Bucket, s.target.Prefix+key, src, f.size, opt)
	return err
}

func (s *bucketStore) putNew(ctx context.Context, key string, data []byte) (bool, error) {
	var opt minio.PutObjectOptions
	opt.SetMatchETagExcept("*")
	err := s.putWith(ctx, key, ofData(data), opt)
	if r := answerOf(err); err != nil && (r.StatusCode == http.StatusPreconditionFailed || r.Code == minio.PreconditionFailed || r.StatusCode == http.StatusConflict) {
		return false, nil
	}
	return err == nil, err
}

func (s *bucketStore) remove(ctx context.Context, keys []string) error {
	if len(keys) == 1 {
		return absentIsFine(s.client.RemoveObject(ctx, s.target.Bucket, s.target.Prefix+keys[0], minio.RemoveObjectOptions{}))
	}
	objects := make(chan minio.ObjectInfo)
	go func() {
		defer close(objects)
		for _, key := range keys {
			select {
			case objects <- minio.ObjectInfo{Key: s.target.Prefix + key}:
			case <-ctx.Done():
				return
			}
		}
	}()
	var errs []error
	for e := range s.client.RemoveObjects(ctx, s.target.Bucket, objects, minio.RemoveObjectsOptions{}) {
		errs = append(errs, absentIsFine(e.Err))
	}
	return errors.Join(errors.Join(errs...), ctx.Err())
}

func absentIsFine(err error) error {
	if errors.Is(absent(err), fs.ErrNotExist) {
		return nil
	}
	return err
}

func (s *bucketStore) list(ctx context.Context, folder string, visit func(key string)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for o := range s.client.ListObjects(ctx, s.target.Bucket, minio.ListObjectsOptions{Prefix: s.target.Prefix + folder, Recursive: true}) {
		if o.Err != nil {
			return o.Err
		}
		visit(strings.TrimPrefix(o.Key, s.target.Prefix))
	}
	return ctx.Err()
}

func (s *bucketStore) stat(ctx context.Context, key string) (minio.ObjectInfo, error) {
	info, err := s.client.StatObject(ctx, s.target.Bucket, s.target.Prefix+key, minio.StatObjectOptions{})
	return info, absent(err)
}

func (s *bucketStore) modified(ctx context.Context, key string) (time.Time, error) {
	info, err := s.stat(ctx, key)
	return info.LastModified, err
}

func (s *bucketStore) same(ctx context.Context, key string, f file) (bool, error) {
	info, err := s.stat(ctx, key)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || info.Size != f.size || info.ContentType != f.contentType || info.Metadata.Get("Cache-Control") != f.cacheControl {
		return false, err
	}
	src, err := f.open()
	if err != nil {
		return false, err
	}
	defer src.Close()
	sum := md5.New()
	if _, err := io.Copy(sum, src); err != nil {
		return false, err
	}
	return strings.Trim(info.ETag, `"`) == hex.EncodeToString(sum.Sum(nil)), nil
}

func (s *bucketStore) isTransient(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	r := answerOf(err)
	if r.StatusCode >= 500 || r.StatusCode == http.StatusTooManyRequests || r.Code == "SlowDown" || r.Code == "RequestTimeout" {
		return true
	}
	return isNetwork(err) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

func (s *bucketStore) tell(err error) error {
	if _, told := errors.AsType[*Error](err); told {
		return err
	}
	place := cmp.Or(s.target.Endpoint, "Amazon S3")
	r := answerOf(err)
	switch {
	case r.Code == "NoSuchBucket":
		return &Error{"no-bucket", []string{s.target.Bucket, place}, err}
	case r.Code == "RequestTimeTooSkewed":
		return &Error{"clock-skew", []string{place}, err}
	case r.Code == "InvalidAccessKeyId", r.Code == "InvalidAccessKey", r.Code == "NoSuchUser", r.Code == "XAdminUserNotFound", r.Code == "SignatureDoesNotMatch", r.Code == "ExpiredToken", r.Code == "InvalidToken", r.Code == "InvalidTokenId":
		return &Error{"bad-credentials", []string{place}, err}
	case r.Code == "AccessDenied", r.StatusCode == http.StatusForbidden:
		return &Error{"store-denied", []string{s.target.Bucket, place}, err}
	case r.StatusCode == http.StatusInsufficientStorage, r.Code == "XMinioStorageFull", r.Code == "QuotaExceeded":
		return &Error{"store-full", []string{place}, err}
	case r.StatusCode >= 500, r.StatusCode == http.StatusTooManyRequests, r.Code == "SlowDown":
		return &Error{"store-busy", []string{place}, err}
	}
	if isNetwork(err) {
		return unreachable(place, err)
	}
	if r.Code != "" {
		return &Error{"store-refused", []string{place, cmp.Or(r.Message, r.Code)}, err}
	}
	return err
}
